//! `cargo xtask start`.
use anyhow::Result;
#[derive(clap::Args)]
pub struct Options {}
pub fn start(_: &Options) -> Result<()> {
    Ok(())
}
