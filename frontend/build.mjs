// Bundles the styles, the little script there is, the font and the pictures: one file each, named
// by its content, with .br and .gz beside it, and `manifest.tsv` that says which is which.
// Run by crates/web/build.rs; by hand: `npm ci --ignore-scripts && node build.mjs dist`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const out = process.argv[2] ?? "dist";
const kinds = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};
const manifest = [];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const { metafile } = await build({
  entryPoints: ["css/app.css", "ts/app.ts", "ts/htmx.ts", "ts/lke.ts", "ts/survey.ts", "ts/evidence.ts"],
  outdir: out,
  bundle: true,
  minify: true,
  target: ["chrome109", "firefox115", "safari16"],
  format: "iife",
  charset: "utf8",
  legalComments: "none",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  metafile: true,
  logLevel: "warning",
});
for (const [file, info] of Object.entries(metafile.outputs)) {
  const source = info.entryPoint ?? Object.keys(info.inputs)[0];
  record(basename(source).replace(/\.ts$/, ".js"), basename(file));
}
for (const name of readdirSync("img")) emit(name, readFileSync(join("img", name)));
emit("licenses.txt", Buffer.from(licenses()));

manifest.sort();
writeFileSync(join(out, "manifest.tsv"), manifest.join("\n") + "\n");

function emit(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const file = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  writeFileSync(join(out, file), bytes);
  record(name, file);
}

function record(name, file) {
  const kind = kinds[extname(file)];
  if (!kind) throw new Error(`unknown kind of asset: ${file}`);
  const squeezed = extname(file) === ".woff2" ? "plain" : squeeze(join(out, file));
  manifest.push([name, file, kind, squeezed].join("\t"));
}

function squeeze(path) {
  const bytes = readFileSync(path);
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: size }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  return "squeezed";
}

// What is embedded in the binary travels with its licence.
function licenses() {
  return ["htmx.org", "@fontsource-variable/inter"]
    .map((name) => `${name}\n\n${readFileSync(join("node_modules", name, "LICENSE"), "utf8")}`)
    .join("\n\n----\n\n");
}
