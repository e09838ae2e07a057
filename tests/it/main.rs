//! The core, through its public doors, against vectors from an outside oracle.

mod codes;
mod event;
mod house;
mod secrets;
mod signature;
mod token;
mod vectors;
