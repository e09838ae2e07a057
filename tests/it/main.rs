//! The core, through its public doors, against vectors from an outside oracle.

mod certificates;
mod codes;
mod delivery;
mod diagnose;
mod event;
mod fuzz_bodies;
mod house;
mod replay;
mod replay_exploration;
mod replay_world;
mod secrets;
mod signature;
mod subscription;
mod token;
mod vectors;
