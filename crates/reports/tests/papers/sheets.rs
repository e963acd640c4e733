//! The workbook, the CSV and the template.
