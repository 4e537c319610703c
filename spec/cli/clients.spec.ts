/** Files of customers: the same customers in CSV of either language, NDJSON and Parquet; and what refuses a file. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { toDecimal } from '../../src/quantity/exact.ts';
import { compared, editionOf, folder, read, removeFolder, written } from '../tools/customers.ts';

afterAll(removeFolder);
const [y2025, y2026] = [editionOf(2025), editionOf(2026)];
const totals = async (path: string): Promise<string[]> => (await compared(path, y2026, y2025)).outcomes.map(({ client, before, after, reasons }) => `${client} ${before ? toDecimal(before.total).text : '—'} ${after ? toDecimal(after.total).text : '—'} ${reasons.map(({ code }) => code).join()}`.trim());

/** 30 × 46,154 ¢ + 1 200 × 7,065 ¢ + 34,5 × 11,142 ¢ in 2026; 6,905 ¢ and 10,652 ¢ in 2025. b: 31 days, 20,125 kWh. */
const EXPECTED = ['a 102.47019 100.38114', 'b 15.72957125 15.69737125'];

describe('the same customers', () => {
  it.each([
    ['French CSV', 'f.csv', 'client;tarif;options;debut;fin;énergie\na;D;;2026-06-01;2026-07-01;1\u00A0234,5\nb;D;;2026-07-01;2026-08-01;20,125\n'],
    ['with a byte order mark and CRLF', 'f.csv', '\uFEFFclient;tarif;debut;fin;energie\r\na;D;2026-06-01;2026-07-01;1\u202F234,5\r\nb;D;2026-07-01;2026-08-01;20,125\r\n'],
    ['English CSV', 'e.csv', 'customer,rate,options,start,end,energie\na,D,,2026-06-01,2026-07-01,"1,234.5"\n"b",D,,2026-07-01,2026-08-01,20.125\n'],
    ['tabs', 't.tsv', 'client\ttarif\tdebut\tfin\tenergie\na\tD\t2026-06-01\t2026-07-01\t1 234,5\n\nb\tD\t2026-07-01\t2026-08-01\t20.125'],
    ['NDJSON', 'n.ndjson', '{"client":"a","tarif":"D","periode":{"debut":"2026-06-01","fin":"2026-07-01"},"donnees":{"energie":1234.5}}\n\n{"client":"b","tarif":"D","periode":{"debut":"2026-07-01","fin":"2026-08-01"},"donnees":{"energie":"20.125"}}'],
  ])('%s', async (_, name, text) => expect(await totals(written(name, text))).toEqual(EXPECTED));

  const parquet = async (select: string): Promise<string> => {
    const path = join(folder, `${Math.abs([...select].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7))}.parquet`);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`copy (${select}) to '${path}' (format parquet)`);
    connection.closeSync();
    return path;
  };
  const rows = (energy: string): string => `select client, 'D' as tarif, debut, fin, energie::${energy} as energie from (values ('a', DATE '2026-06-01', DATE '2026-07-01', '1234.500'), ('b', DATE '2026-07-01', DATE '2026-08-01', '20.125')) t(client, debut, fin, energie)`;
  it('Parquet, DECIMAL keeps its digits', async () => expect(await totals(await parquet(rows('DECIMAL(18,3)')))).toEqual(EXPECTED));
  it('Parquet, more digits than a double has', async () => {
    const path = await parquet(rows('DECIMAL(38,15)').replace("'20.125'", "'20.125000000000001'"));
    // 31 × 46,154 ¢ + 20,125000000000001 × 7,065 ¢
    expect((await totals(path))[1]).toBe('b 15.72957125000000007065 15.69737125000000006905');
  });
  it('Parquet, a column of doubles is refused', async () => expect(await read(await parquet(rows('DOUBLE')))).toEqual(['clients/double']));
});

describe('a row', () => {
  const ROW = '{"client":"a","tarif":"D","periode":{"debut":"2026-06-01","fin":"2026-07-01"},"donnees":{"energie":1}}';
  it('of NDJSON that cannot be read refuses the customer before it', async () => expect(await totals(written('n.ndjson', `${ROW}\n{"client":"a",\n${ROW.replace(/"a"/, '"b"')}`))).toEqual(['a — — cas-json/syntaxe,cas-json/syntaxe', expect.stringMatching(/^b \d/)]));
  it.each([
    ['CSV', 'c.csv', 'client;tarif;debut;fin;energie\na;D;2026-06-01;2026-07-01;1\n;D;2026-07-01;2026-08-01;1\nb;D;2026-06-01;2026-07-01;1\n'],
    ['NDJSON', 'n.ndjson', `${ROW}\n${ROW.replace('"client":"a",', '')}\n${ROW.replace('"a"', '"b"')}`], ['NDJSON, not a name', 'n.ndjson', `${ROW}\n${ROW.replace('"a"', '{}')}\n${ROW.replace('"a"', '"b"')}`],
  ])('that names nobody refuses the customer before it (%s)', async (_, name, text) => expect(await totals(written(name, text))).toEqual(['a — — cas-json/champ-absent,cas-json/champ-absent', expect.stringMatching(/^b \d/)]));
  it('with a customer that is a number', async () => expect((await totals(written('n.ndjson', ROW.replace('"a"', '0012'.replace(/^0+/, '')))))[0]).toMatch(/^12 \d/));
  it('with yes or no, and options', async () => {
    const file = await compared(written('o.csv', 'client;tarif;options;debut;fin;energie;essai\na;D;inconnue+autre;2026-06-01;2026-07-01;1;oui\n'), y2026, y2026, ['essai']);
    expect(file.outcomes[0]?.reasons.map(({ code, pointer }) => `${code} ${pointer ?? ''}`)).toEqual(['options/inconnue /options/0', 'options/inconnue /options/1', 'options/inconnue /options/0', 'options/inconnue /options/1']);
  });
  it('says its line, over cells of several lines', async () => {
    const file = await read(written('l.csv', 'client;tarif;debut;fin;note\na;D;2026-06-01;2026-07-01;"deux\nlignes"\nb;D;2026-06-01;2026-07-01;\n'));
    expect('customers' in file && file.customers.map(({ name, rows }) => [name, rows.map(({ line }) => line)])).toEqual([['a', [3]], ['b', [4]]]);
  });
});

describe('what refuses a file', () => {
  it.each([
    ['no such column', 'x.csv', 'cliant;tarif;debut;fin\na;D;2026-06-01;2026-07-01\n', ['clients/colonne']], ['a column twice', 'x.csv', 'client;tarif;debut;fin;energie;énergie\n', ['cas-json/champ-repete']],
    ['nothing', 'x.csv', '', ['clients/vide']], ['a header alone', 'x.csv', 'client;tarif;debut;fin\n', ['clients/vide']], ['another kind', 'x.xlsx', 'PK', ['clients/format']],
    ['a quote left open', 'x.csv', 'client;tarif;debut;fin\na;"D;2026-06-01;2026-07-01\n', ['clients/csv']], ['customers that come back', 'x.csv', 'client;tarif;debut;fin\na;D;1;2\nb;D;1;2\na;D;1;2\n', ['clients/disperse']],
    ['no Parquet', 'x.parquet', 'PAR1', ['clients/parquet']], ['empty NDJSON', 'x.ndjson', '\n\n', ['clients/vide']],
  ])('%s', async (_, name, text, codes) => expect(await read(written(name, text))).toEqual(codes));
  it('bytes that are not UTF-8', async () => expect(await read(written('x.csv', new Uint8Array([...new TextEncoder().encode('client;tarif;debut;fin\n'), 0xe9, 0x3b])))).toEqual(['texte/encodage']));
  it('a file that is not there', async () => expect(await read(join(folder, 'absent.csv'))).toEqual(['texte/introuvable']));
  it('Parquet without its package', async () => {
    vi.doMock('@duckdb/node-api', () => { throw new Error('not installed'); });
    try { expect(await read(written('x.parquet', 'PAR1'))).toEqual(['clients/duckdb']); } finally { vi.doUnmock('@duckdb/node-api'); }
  });
  it('a column to ignore that is not there', async () => expect(await read(written('x.csv', 'client;tarif;debut;fin\na;D;1;2\n'), ['ville'])).toEqual(['clients/colonne']));
});
