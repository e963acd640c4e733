//! People: their roles at a unit or the agency, giving, changing and ending them, and their accounts.

mod account;
mod grant;
mod list;
mod role;
mod seat;

pub use account::{disable, enable, reset as reset_password, save as save_account, show as show_account};
pub use grant::{give as grant, show as show_grant};
pub use list::{Held, RoleRow, held_at};
pub use role::{end as end_role, restore as restore_role, save as save_role, show as show_role};
