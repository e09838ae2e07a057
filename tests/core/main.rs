//! Tests the core through its public API, against vectors from an outside oracle.

mod certificates;
mod codes;
mod diagnose;
mod documents;
mod event;
mod fuzz_bodies;
mod house;
mod json;
mod replay;
mod replay_exploration;
mod replay_world;
mod request;
mod scope;
mod secrets;
mod signature;
mod subscription;
mod tables;
mod token;
mod vectors;
