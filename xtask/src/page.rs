//! The page: one file with everything in it, which runs under the strictest
//! policy that lets it run at all.

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use base64ct::{Base64, Encoding as _};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::{npm, workspace};

/// The receiver that `cargo xtask start` runs beside the page.
pub struct LocalReceiver<'r> {
    pub secret: &'r str,
    pub address: &'r str,
}

/// The modules that the page carries, compressed.
const MODULES: [&str; 3] = ["diagnosis", "tools", "verify"];

/// Writes the page, from `www/` and the built package.
pub fn html(receiver: Option<&LocalReceiver<'_>>) -> Result<String> {
    for name in MODULES {
        compress(name)?;
    }
    let script = esbuild(&[
        "www/page.ts",
        "--format=esm",
        "--loader:.gz=base64",
        "--alias:#diagnosis-module=./www/modules.ts",
        "--alias:#tools-module=./www/modules.ts",
        "--alias:#verify-module=./www/modules.ts",
    ])?;
    let style = esbuild(&["www/page.css"])? + &esbuild(&["www/tester.css"])?;
    // Nothing may end the elements that they stand in.
    ensure!(!script.contains("</script") && !script.contains("<!--"), "the script would end its element");
    let connect = if receiver.is_some() { " connect-src 'self';" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:;{connect} \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        hash(&script),
        hash(&style)
    );
    let mut head = format!("<meta http-equiv=\"content-security-policy\" content=\"{policy}\" />");
    if let Some(LocalReceiver { secret, address }) = receiver {
        head += &format!(
            "\n    <meta name=\"mia-receiver\" data-secret=\"{secret}\" data-address=\"{address}\" />"
        );
    }
    let template = fs::read_to_string(workspace().join("www/tester.html"))?;
    let mut html = template;
    for (place, text) in [
        ("<!-- policy -->", head),
        ("<!-- style -->", format!("<style>{style}</style>")),
        ("<!-- script -->", format!("<script type=\"module\">{script}</script>")),
    ] {
        let (before, behind) =
            html.split_once(place).with_context(|| format!("www/tester.html has no {place}"))?;
        html = format!("{before}{text}{behind}");
    }
    Ok(html)
}

fn compress(name: &str) -> Result<()> {
    let module: PathBuf = workspace().join(format!("pkg/wasm/{name}.wasm"));
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&fs::read(&module)?)?;
    Ok(fs::write(module.with_extension("wasm.gz"), gzip.finish()?)?)
}

fn esbuild(arguments: &[&str]) -> Result<String> {
    let output = Command::new(npm::bin("esbuild"))
        .current_dir(workspace())
        .args(["--bundle", "--minify", "--target=es2022", "--log-level=warning"])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .context("esbuild could not be started")?;
    ensure!(output.status.success(), "esbuild failed");
    Ok(String::from_utf8(output.stdout)?)
}

/// As a content security policy names a text.
fn hash(text: &str) -> String {
    format!("sha256-{}", Base64::encode_string(&Sha256::digest(text)))
}
