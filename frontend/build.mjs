// Builds the cards into the integration's folder: once, again on every change (--watch), or their tests (--tests).
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUILT = join(HERE, "../custom_components/home_gym/frontend");
const TESTS = join(HERE, "node_modules/.cache/tests");

// The texts of a language without their keys, which are those of English in the same order; then its further forms of plurals.
const words = {
  name: "words",
  setup(build) {
    build.onLoad({ filter: /src\/words\/[a-z]+\.json$/ }, ({ path }) => {
      if (path.endsWith("en.json")) return undefined;
      const [english, other] = [join(dirname(path), "en.json"), path].map((file) => JSON.parse(readFileSync(file, "utf8")));
      const forms = Object.fromEntries(Object.entries(other).filter(([key]) => !(key in english)));
      const texts = Object.keys(english).map((key) => other[key]);
      return { contents: JSON.stringify(Object.keys(forms).length > 0 ? [...texts, forms] : texts), loader: "json" };
    });
  },
};

// Styles without comments and indents.
const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /src\/(cards|parts)\/.*\.ts$/ }, ({ path }) => ({ contents: compact(readFileSync(path, "utf8")), loader: "ts" }));
  },
};

function compact(source) {
  return source.replace(/css`[^`]*`/g, (sheet) =>
    sheet.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s+/g, " ").replace(/\s*([{};,>])\s*/g, "$1").replace(/: /g, ":").replace(/;}/g, "}"),
  );
}

const CARDS = {
  absWorkingDir: HERE,
  entryPoints: { "home-gym": "src/loader.ts", cards: "src/main.ts" },
  outdir: BUILT,
  bundle: true,
  // Texts of each language are a file of their own.
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  // The licences of what is bundled go with it.
  legalComments: "linked",
};

// What the folder was built from, so that scripts/setup builds only what changed.
const stamp = {
  name: "stamp",
  setup(build) {
    build.onStart(() => rmSync(join(BUILT, ".stamp"), { force: true }));
    build.onEnd((result) => {
      if (result.errors.length > 0) return;
      narrow();
      writeFileSync(join(BUILT, ".stamp"), fingerprint());
    });
  },
};

// Line breaks with indents are left in the markup of templates alone, where one space means the same.
function narrow() {
  for (const name of readdirSync(BUILT).filter((name) => name.endsWith(".js"))) {
    const file = join(BUILT, name);
    writeFileSync(file, readFileSync(file, "utf8").replace(/\n\s+/g, " "));
  }
}

function fingerprint() {
  const digest = createHash("sha256");
  const sources = readdirSync(join(HERE, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const others = ["build.mjs", "package-lock.json", "tsconfig.json"].map((name) => join(HERE, name));
  for (const file of [...sources, ...others].sort()) digest.update(file.slice(HERE.length)).update(readFileSync(file));
  return digest.digest("hex");
}

function isCurrent() {
  try {
    return readFileSync(join(BUILT, ".stamp"), "utf8") === fingerprint();
  } catch {
    return false;
  }
}

async function watch() {
  const context = await esbuild.context({ ...CARDS, plugins: [words, styles, stamp], logLevel: "info" });
  await context.watch();
}

async function tests() {
  rmSync(TESTS, { force: true, recursive: true });
  const files = readdirSync(join(HERE, "tests")).filter((name) => name.endsWith(".test.ts"));
  await esbuild.build({
    absWorkingDir: HERE,
    entryPoints: files.map((name) => `tests/${name}`),
    outdir: TESTS,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node18",
    sourcemap: "inline",
    plugins: [words],
  });
}

if (process.argv.includes("--watch")) await watch();
else if (process.argv.includes("--tests")) await tests();
else if (!isCurrent() || process.argv.includes("--force")) {
  rmSync(BUILT, { force: true, recursive: true });
  await esbuild.build({ ...CARDS, plugins: [words, styles, stamp] });
}
