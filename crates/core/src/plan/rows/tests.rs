//! Tests of checking and merging through their public doors.
