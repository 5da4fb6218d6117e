// Makes build/static (app.js, early.js, app.css, icons.svg, favicon.svg) and build/data/regions.json.
// Only what is named here leaves node_modules.
import * as esbuild from "esbuild";
import fs from "node:fs";
import { regions } from "./regions.mjs";

const OUT = "build/static";
const DATA = "build/data";

async function bundle() {
  await esbuild.build({
    entryPoints: ["frontend/src/app.js", "frontend/src/early.js", "frontend/src/app.css"],
    outdir: OUT,
    bundle: true,
    minify: true,
    format: "esm",
    // 80: web views of chat apps on old phones. Safari 14.0 cannot be a target: its destructuring is broken.
    target: ["chrome80", "safari14.1", "firefox91"],
    sourcemap: false,
    legalComments: "eof",
    logLevel: "warning",
  });
}

// A reference to a source map that is not shipped stops the hashed static storage.
function stripSourceMaps(file) {
  const text = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, text.replace(/\/[/*]# sourceMappingURL=[^\n*]*(\*\/)?/g, ""));
}

function symbol(name) {
  const source = fs.readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const shapes = source.replace(/<!--[\s\S]*?-->/g, "").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
    `stroke-linecap="round" stroke-linejoin="round">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`
  );
}

function sprite() {
  const names = JSON.parse(fs.readFileSync("frontend/src/icons.json", "utf8"));
  return `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
}

fs.rmSync(OUT, { recursive: true, force: true });
fs.mkdirSync(OUT, { recursive: true });
fs.mkdirSync(DATA, { recursive: true });
await bundle();
for (const name of ["app.js", "early.js", "app.css"]) stripSourceMaps(`${OUT}/${name}`);
fs.writeFileSync(`${OUT}/icons.svg`, sprite());
fs.copyFileSync("frontend/src/favicon.svg", `${OUT}/favicon.svg`);
fs.writeFileSync(`${DATA}/regions.json`, JSON.stringify(regions(), null, 0).replace(/\},\{/g, "},\n{"));
for (const name of fs.readdirSync(OUT)) console.log(name.padEnd(14), fs.statSync(`${OUT}/${name}`).size);
