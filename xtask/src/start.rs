//! `cargo xtask start`: the receiver on workerd, an origin and the page.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use mia_webhooks::{Secret, TOKEN_HEADER, Verifier};

use crate::{npm, package, run, workspace};

/// Known to everybody: only for trying things out on this machine.
const DEMO_SECRET: &str = "known-to-everybody";

/// The folder of the replay guard's store, which lasts from one start to the next.
const STATE: &str = "target/replay-store";

#[derive(clap::Args)]
pub struct Options {
    /// The receiver's port
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// The origin's port
    #[arg(long, default_value_t = 8788)]
    origin_port: u16,
    /// The page's port
    #[arg(long, default_value_t = 8789)]
    page_port: u16,
}

pub fn start(options: &Options) -> Result<()> {
    options.check_ports()?;
    package::ensure_built()?;
    let folder = workspace().join("target/start");
    println!("· bundling the receiver and the page");
    let address = format!("http://127.0.0.1:{}/", options.port);
    bundle(&folder, &address)?;
    fs::create_dir_all(workspace().join(STATE))?;
    let config = folder.join("config.capnp");
    fs::write(&config, options.config())?;

    let stopped = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&stopped);
    ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed))?;
    println!("· starting workerd");
    let mut workerd =
        Workerd(Command::new(npm::workerd()?).current_dir(workspace()).arg("serve").arg(&config).spawn()?);
    options.wait_until_ready(&mut workerd, &stopped)?;
    options.print_addresses()?;
    while !stopped.load(Ordering::Relaxed) {
        if let Some(status) = workerd.0.try_wait()? {
            bail!("workerd ended with {status}");
        }
        sleep(Duration::from_millis(100));
    }
    println!("· stopping");
    Ok(())
}

/// Stopped when dropped, whatever the reason.
struct Workerd(Child);

impl Drop for Workerd {
    fn drop(&mut self) {
        // It may have ended by itself: Ctrl-C reaches it as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn bundle(folder: &Path, receiver_address: &str) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let esbuild = |entry: &str, options: &[&str], out: PathBuf| {
        run(Command::new(npm::bin("esbuild"))
            .current_dir(workspace())
            .args([entry, "--bundle", "--format=esm", "--log-level=warning"])
            .args(options)
            .arg(format!("--outdir={}", out.display())))
    };
    esbuild(
        "edge/cloudflare/src/index.ts",
        &[
            "--conditions=workerd,worker,browser",
            "--external:cloudflare:*",
            "--loader:.wasm=copy",
            "--asset-names=[name]",
        ],
        folder.join("receiver"),
    )?;
    run(Command::new("node")
        .current_dir(workspace())
        .args([
            "www/build.js",
            "--receiver-secret",
            DEMO_SECRET,
            "--receiver-address",
            receiver_address,
            "--out",
        ])
        .arg(folder.join("page/index.html")))?;
    for file in ["origin.js", "page.js"] {
        fs::copy(workspace().join("edge/local").join(file), folder.join(file))?;
    }
    Ok(())
}

impl Options {
    fn ports(&self) -> [(&'static str, u16); 3] {
        [("port", self.port), ("origin-port", self.origin_port), ("page-port", self.page_port)]
    }

    fn check_ports(&self) -> Result<()> {
        for (option, port) in self.ports() {
            if TcpListener::bind(("127.0.0.1", port)).is_err() {
                bail!("port {port} is taken; choose another one with --{option}");
            }
        }
        Ok(())
    }

    fn config(&self) -> String {
        format!(
            r#"using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "receiver", worker = (
      modules = [
        (name = "index.js", esModule = embed "receiver/index.js"),
        (name = "replay.wasm", wasm = embed "receiver/replay.wasm"),
        (name = "verify.wasm", wasm = embed "receiver/verify.wasm"),
      ],
      compatibilityDate = "2026-03-01",
      compatibilityFlags = ["nodejs_compat"],
      durableObjectNamespaces = [
        (className = "ReplayStoreObject", uniqueKey = "replay-store", enableSql = true),
      ],
      durableObjectStorage = (localDisk = "state"),
      bindings = [
        (name = "REPLAY_STORE", durableObjectNamespace = "ReplayStoreObject"),
        (name = "MIA_WEBHOOK_SECRET", text = "{DEMO_SECRET}"),
        (name = "ORIGIN", service = "origin"),
      ],
      tails = ["page"],
    )),
    (name = "origin", worker = (
      modules = [(name = "origin.js", esModule = embed "origin.js")],
      compatibilityDate = "2026-03-01",
    )),
    (name = "page", worker = (
      modules = [(name = "page.js", esModule = embed "page.js")],
      compatibilityDate = "2026-03-01",
      bindings = [
        (name = "FILES", service = "files"),
        (name = "RECEIVER", service = "receiver"),
        (name = "ORIGIN", service = "origin"),
      ],
    )),
    (name = "files", disk = (path = "target/start/page")),
    (name = "state", disk = (path = "{STATE}", writable = true)),
  ],
  sockets = [
    (name = "receiver", address = "127.0.0.1:{}", http = (), service = "receiver"),
    (name = "origin", address = "127.0.0.1:{}", http = (), service = "origin"),
    (name = "page", address = "127.0.0.1:{}", http = (), service = "page"),
  ],
);
"#,
            self.port, self.origin_port, self.page_port
        )
    }

    fn wait_until_ready(&self, workerd: &mut Workerd, stopped: &AtomicBool) -> Result<()> {
        // Only a workerd that hangs reaches it.
        let deadline = Instant::now() + Duration::from_secs(300);
        // The page answers a GET; the receiver would log it as refused.
        while !answers(self.page_port) {
            if let Some(status) = workerd.0.try_wait()? {
                bail!("workerd ended with {status}");
            }
            if stopped.load(Ordering::Relaxed) {
                bail!("stopped while workerd was starting");
            }
            if Instant::now() > deadline {
                bail!("workerd did not answer within five minutes");
            }
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn print_addresses(&self) -> Result<()> {
        let now =
            SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?.as_millis();
        let payload = format!(
            r#"{{"eventName":"project_created","eventTimestamp":{now},"payload":{{"tenantId":"my-company","projectId":"my-project"}}}}"#
        );
        let token = Verifier::new([Secret::new(DEMO_SECRET)?])?.sign(payload.as_bytes());
        let curl = |payload: &str| {
            format!(
                "curl -i http://127.0.0.1:{}/ \\\n  -H '{TOKEN_HEADER}: {token}' \\\n  -H 'Content-Type: application/json' \\\n  --data-binary '{payload}'",
                self.port
            )
        };
        println!(
            "\n  receiver  http://127.0.0.1:{}/\n  origin    http://127.0.0.1:{}/   (what reached it)\n  page      http://127.0.0.1:{}/\n  secret    {DEMO_SECRET}\n\n\
             This request passes. Sent again, it is acknowledged but not forwarded:\n\n{}\n\nThis request is refused, because its payload was changed:\n\n{}\n\nCtrl-C stops everything.\n",
            self.port,
            self.origin_port,
            self.page_port,
            curl(&payload),
            curl(&payload.replace("my-company", "another-company")),
        );
        Ok(())
    }
}

fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    stream.write_all(b"GET / HTTP/1.0\r\nhost: localhost\r\n\r\n").is_ok()
        && stream.read(&mut [0; 4]).is_ok_and(|read| read > 0)
}
