//! The core, through its public doors, against vectors from an outside oracle.

mod codes;
mod delivery;
mod event;
mod house;
mod secrets;
mod signature;
mod subscription;
mod token;
mod vectors;
