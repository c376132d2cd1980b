// Renders one JSON Resume through one theme of npm: node theme.cjs FOLDER THEME PERSON.json OUT.html. FOLDER holds node_modules.
const fs = require("node:fs");
const path = require("node:path");

const [, , folder, theme, person, out] = process.argv;
const dir = path.resolve(folder, "node_modules", `jsonresume-theme-${theme}`);

async function load() {
  try {
    return require(dir);
  } catch {
    const about = JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8"));
    return import(path.join(dir, about.module ?? about.main ?? "index.js"));
  }
}

(async () => {
  const resume = JSON.parse(fs.readFileSync(person, "utf8"));
  const target = path.resolve(out);
  for (const list of ["work", "education", "skills"]) resume[list] ??= [];
  resume.basics.profiles ??= [];
  resume.basics.location ??= {};
  // Themes older than version 1 of the schema.
  for (const job of resume.work) job.company ??= job.name;
  process.chdir(dir);
  const module = await load();
  const render = module.render ?? module.default?.render ?? module.default;
  fs.writeFileSync(target, String(await render(resume)));
  process.exit(0);
})().catch((error) => {
  console.error(`${theme}: ${String(error).slice(0, 200)}`);
  process.exit(1);
});
