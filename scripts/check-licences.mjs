// Fails when a library has a licence that nobody has looked at. Of each file: a CycloneDX bill of materials in JSON, or an npm lock file.
//
//   mvn -Psbom -Dmaven.test.skip.exec=true package
//   node scripts/check-licences.mjs target/bom.json web/package-lock.json ...
//
// It prints how many components each licence has. Exit code 1: some component has none that is allowed; 2: no files were named.
import {readFileSync} from 'node:fs';

// Ids of SPDX, and what poms say instead of one. Of several licences to choose from, one is enough; of several that all hold
// (AND), each has to be allowed.
const ALLOWED = new Map([
  ['Apache-2.0', ['apache 2.0', 'apache license 2.0', 'apache license, version 2.0', 'the apache software license, version 2.0', 'the apache license, version 2.0', 'apache license v2.0', 'apache-2.0']],
  ['MIT', ['mit license', 'the mit license', 'mit']],
  ['MIT-0', ['mit-0']],
  ['BSD-2-Clause', ['bsd 2-clause license', 'bsd-2-clause', 'the bsd 2-clause license', 'bsd-2 license']],
  ['BSD-3-Clause', ['bsd 3-clause license', 'bsd-3-clause', 'new bsd license', 'go license', 'eclipse distribution license - v 1.0', 'edl 1.0', 'the bsd license', 'bsd']],
  ['0BSD', []],
  ['ISC', []],
  ['PostgreSQL', ['postgresql license']],
  ['Unlicense', []],
  ['CC0-1.0', ['public domain, per creative commons cc0', 'cc0', 'public domain']],
  ['Python-2.0', []],
  ['BlueOak-1.0.0', []],
  ['Bouncy-Castle', ['bouncy castle licence', 'bouncy castle license']],
  // Weak copyleft, of libraries that are used as they are published.
  ['EPL-2.0', ['eclipse public license v2.0', 'eclipse public license 2.0', 'eclipse public license - v 2.0', 'epl 2.0']],
  ['EPL-1.0', ['eclipse public license 1.0']],
  ['CDDL-1.0', []],
  ['CDDL-1.1', []],
  ['MPL-2.0', ['mozilla public license 2.0']],
]);
const NAMES = new Map([...ALLOWED].flatMap(([id, names]) => [id.toLowerCase(), ...names].map(name => [name, id])));

/** The allowed licence that a name or an expression comes to, or undefined. */
export function allowed(expression) {
  const text = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (NAMES.has(text.toLowerCase())) return NAMES.get(text.toLowerCase());
  if (/ OR /i.test(text)) return text.split(/ OR /i).map(allowed).find(Boolean);
  if (/ AND /i.test(text)) {
    const all = text.split(/ AND /i).map(allowed);
    return all.every(Boolean) ? all.join(' AND ') : undefined;
  }
  return undefined;
}

/** Name and licences of each component. */
function components(file) {
  const json = JSON.parse(readFileSync(file, 'utf8'));
  if (json.bomFormat === 'CycloneDX') {
    return json.components.filter(one => one.group !== 'dev.parley').map(one => ({
      name: `${one.group}:${one.name}:${one.version}`,
      licences: (one.licenses ?? []).map(each => each.expression ?? each.license?.id ?? each.license?.name ?? ''),
    }));
  }
  return Object.entries(json.packages).filter(([path]) => path !== '').map(([path, one]) => ({
    name: `${path.replace(/.*node_modules\//, '')}@${one.version}`,
    licences: one.license ? [one.license] : [],
  }));
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Name bills of materials or lock files: node scripts/check-licences.mjs target/bom.json web/package-lock.json');
  process.exit(2);
}
const counts = new Map();
let refused = 0;
for (const file of files) {
  for (const {name, licences} of components(file)) {
    const licence = licences.map(allowed).find(Boolean);
    if (licence) {
      counts.set(licence, (counts.get(licence) ?? 0) + 1);
    } else {
      refused++;
      console.error(`${file}: ${name} has ${licences.length ? licences.join(', ') : 'no licence'}; if that is all right, add it to scripts/check-licences.mjs`);
    }
  }
}
for (const [licence, count] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(5)}  ${licence}`);
process.exit(refused ? 1 : 0);
