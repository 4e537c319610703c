/**
 * One planted mistake a file: the checker must say that, there, and nothing else. The first comments of a file tell what is due:
 * `# attend: <code> ligne <n>`.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkAll, loadFile, loadFolder } from '../src/cli/load.ts';
import { CATALOGUE } from '../src/diagnostics/catalogue.ts';
import { isError, messageOf, type Diagnostic } from '../src/diagnostics/diagnostic.ts';
import { inOrder } from '../src/diagnostics/print.ts';
import { runExample } from '../src/evaluate/example.ts';
import { prepare } from '../src/index.ts';
import { lineColumn } from '../src/source/file.ts';

const folder = join(import.meta.dirname, 'mauvais');
const names = readdirSync(folder).filter((name) => name.endsWith('.tarif')).sort();
/** Without a place in a file, a diagnostic counts as on line 0. */
const placed = (items: readonly Diagnostic[]): string[] => inOrder(items).map((item) => `${item.code} ligne ${item.span ? lineColumn(item.span.file, item.span.start).line : 0}`).sort();

/** Errors and advice of the check, then of the examples when the files check. */
function diagnose(path: string): Diagnostic[] {
  const { checked, diagnostics } = checkAll(loadFile(path));
  if (diagnostics.some(isError)) return [...diagnostics];
  const editions = prepare(checked);
  return [...diagnostics, ...checked.flatMap(({ book, programs }) => book.blocks.flatMap((article) => article.statements.flatMap((statement) => (statement.kind === 'example' ? runExample(statement, article, programs, editions).failures : []))))];
}

function expected(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').flatMap((line) => /^# attend: (\S+ ligne \d+)$/.exec(line)?.[1] ?? []).sort();
}

/** What is not yet said as it should be: such a test must fail; once it passes, its name leaves this list. */
const PENDING: ReadonlySet<string> = new Set();
const due = (name: string): typeof it.fails => (PENDING.has(name) ? it.fails : it) as typeof it.fails;

describe('a file with one mistake gives that diagnostic and no other', () => {
  for (const name of names) due(name)(name, () => {
    const path = join(folder, name);
    const planted = expected(path);
    expect(planted.length).toBeGreaterThan(0);
    const found = diagnose(path).filter((item) => item.code !== 'definitions/inutile' || planted.some((each) => each.startsWith(item.code)));
    expect(placed(found)).toEqual(planted);
    for (const item of found) for (const lang of ['fr', 'en'] as const) expect(messageOf(item, lang)).not.toMatch(/undefined|NaN|\[object|invariant/);
  });

  it('a file is named after a code that it plants', () => {
    for (const name of names) {
      const planted = expected(join(folder, name)).map((each) => each.split(' ')[0]?.replace('/', '-') ?? '');
      if (!/^(dix-fautes|rangees-fautives)/.test(name)) expect(planted, name).toContain(name.replace(/-\d+\.tarif$/, ''));
    }
  });

  it('ten mistakes in ten statements give ten diagnostics', () => {
    expect(diagnose(join(folder, 'dix-fautes.tarif')).length).toBeGreaterThanOrEqual(10);
    expect(placed(diagnose(join(folder, 'dix-fautes.tarif')))).toHaveLength(10);
  });
});

const good = `édition « Base » en vigueur le 1er avril 2026
dispositions communes
article 1.1 « Définitions »
  mesure énergie en kWh
tarif D « Tarif D »
article 2.5 « Structure du tarif D »
  énergie 7,065 ¢/kWh
`;

describe('bytes and folders', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'mauvais-'));
  afterAll(() => { rmSync(scratch, { recursive: true }); });
  const written = (name: string, bytes: Uint8Array | string): string => {
    const path = join(scratch, name);
    writeFileSync(path, bytes);
    return path;
  };

  it('the good text is good', () => {
    expect(placed(diagnose(written('bon.tarif', good)))).toEqual([]);
  });
  due('latin1.tarif')('Latin-1 is refused in one sentence, not in one for each accent', () => {
    const found = diagnose(written('latin1.tarif', Buffer.from(good.replace('¢', 'c'), 'latin1')));
    expect(inOrder(found).map((item) => item.code)).toEqual(['texte/encodage']);
  });
  due('utf16.tarif')('UTF-16 is refused in one sentence', () => {
    const found = diagnose(written('utf16.tarif', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')])));
    expect(inOrder(found).map((item) => item.code)).toEqual(['texte/encodage']);
  });
  it('a NUL byte is a foreign character, said where it stands', () => {
    const found = diagnose(written('nul.tarif', good.replace('7,065 ¢/kWh', '7,065 ¢/kWh \0')));
    expect(placed(found)).toEqual(['texte/caractere ligne 7']);
  });
  it('a byte order mark is accepted', () => {
    expect(placed(diagnose(written('bom.tarif', `\uFEFF${good}`)))).toEqual([]);
  });
  it('decomposed accents are accepted', () => {
    const text = good.normalize('NFD');
    expect(text).not.toBe(good);
    expect(placed(diagnose(written('nfd.tarif', text)))).toEqual([]);
  });
  it('Windows line ends are accepted, and lines are counted as one', () => {
    expect(placed(diagnose(written('crlf.tarif', good.replace(/\n/g, '\r\n'))))).toEqual([]);
    expect(placed(diagnose(written('crlf-faute.tarif', `${good}  frais 3 $\n`.replace(/\n/g, '\r\n'))))).toEqual(['proration/manquante ligne 8']);
  });
  it('narrow and wide no-break spaces stand in numbers', () => {
    expect(placed(diagnose(written('insecables.tarif', `${good}  frais 1\u202F234,5\u00A0$/mois\n`.replace('tarif D «', 'article 12.11 « Durée »\n  mesure durée en mois = jours ÷ 30 jours/mois\ntarif D «'))))).toEqual([]);
  });
  it('an empty file is no edition', () => {
    expect(placed(diagnose(written('vide.tarif', '')))).toEqual(['edition/absente ligne 0']);
  });
  it('a thousand nested lines do not exhaust the stack', () => {
    const nested = Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth + 2)}seuil = ${depth}`).join('\n');
    expect(placed(diagnose(written('profond.tarif', `${good}${nested}\n`)))).toEqual(['syntaxe/profondeur ligne 8']);
  });
  it('a long chain of additions does not exhaust the stack', () => {
    const found = placed(diagnose(written('long.tarif', `${good}  seuil = ${Array.from({ length: 5000 }, () => '1').join(' + ')}\n`)));
    expect(found.filter((each) => !each.startsWith('definitions/inutile'))).toEqual(['syntaxe/profondeur ligne 8']);
  });
  it('a missing file and a missing folder are said', () => {
    expect(loadFile(join(scratch, 'absent.tarif')).diagnostics.map((item) => item.code)).toContain('texte/introuvable');
    expect(loadFolder(join(scratch, 'absent')).diagnostics.map((item) => item.code)).toEqual(['texte/introuvable']);
  });
});

/** Codes of these sections with no file of their own, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'texte/encodage': 'bytes that an editor would not keep: written above',
  'texte/introuvable': 'there is no file to keep: above',
  'edition/double': 'needs two folders: below',
  'texte/non-ecrit': 'is said of a file that is written',
  'livre/pdf': 'a printed book, not a tariff file: spec/reconcile/command.spec.ts',
  'livre/sans-article': 'the same',
  'livre/resume': 'the same',
  'edition/plusieurs': 'a folder named where one edition is due: spec/cli/clients.spec.ts',
  'texte/dossier-occupe': 'is said of a folder that is written: spec/cli/docs.spec.ts',
  'texte/traduction': 'English words, not a tariff file: spec/cli/docs.spec.ts',
  'livre/section-inconnue': 'a section asked for: spec/cli/docs.spec.ts',
  'livre/typst': 'a package that is absent',
  'texte/clients-types': 'customers described for the figures, not a tariff file: spec/analysis/figures.spec.ts',
  'livre/client-type': 'the same',
  'texte/mise-en-forme': 'a mistake of ours, which no file is known to show',
};

it('two editions of one date are an error', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'editions-'));
  for (const name of ['a', 'b']) {
    mkdirSync(join(scratch, name));
    writeFileSync(join(scratch, name, 'd.tarif'), good);
  }
  expect(placed(loadFolder(scratch).diagnostics)).toEqual(['edition/double ligne 1']);
  rmSync(scratch, { recursive: true });
});

describe('the catalogue', () => {
  const sections = ['texte', 'syntaxe', 'edition', 'articles', 'tarifs', 'modeles', 'reprises', 'noms', 'definitions', 'unites', 'proration', 'types', 'feuilles', 'prix', 'cas', 'tranches', 'chiffres', 'livre', 'enonces'];
  const codes = [...Object.keys(CATALOGUE).filter((code) => sections.includes(code.split('/')[0] ?? '')), 'options/inconnue'];
  const planted = new Set(names.flatMap((name) => expected(join(folder, name)).map((each) => each.split(' ')[0] ?? '')));
  it.each(codes)('%s has a bad file', (code) => {
    if (Object.hasOwn(ELSEWHERE, code)) expect(planted.has(code), 'then it is no exception').toBe(false);
    else expect(planted.has(code)).toBe(true);
  });
});
