/** The wasm modules by name, compressed and in base64; build.js inserts them. */
declare module "#carried-modules" {
  const modules: Readonly<Record<string, string>>;
  export default modules;
}
