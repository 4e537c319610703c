/** The typical customers of an edition (`clients-types.json`): made-up customers, stated, of whom figures are drawn. JSON → records. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { diagnostic, messageOf, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Lang } from '../quantity/format.ts';
import { readJson, toPlain, type Json } from './json.ts';

/** Who the customer is, in both languages. */
type Who = { readonly [lang in Lang]: string };
export interface TypicalCase {
  readonly donnees?: { readonly [key: string]: Json };
  /** Data that are so many times another, as `bareme shape --lien` has them: `"8 % × energie"`. */
  readonly liens?: { readonly [key: string]: string };
  readonly historique?: readonly Json[];
}
/** The customer of a rate's curves. */
export interface TypicalCustomer extends TypicalCase {
  readonly client: Who;
  /** The quantity that varies; the energy otherwise. */
  readonly selon?: string;
  /** The end of its range; otherwise the energy of the power used without a stop. */
  readonly jusqua?: string;
  /** Maximum power, in kW. */
  readonly puissance?: string;
  /** Other powers, to compare prices by load factor. */
  readonly puissances?: readonly string[];
  /** What is otherwise in the winter period. */
  readonly hiver?: TypicalCase;
}
export interface TypicalCrossing extends TypicalCustomer { readonly tarifs: readonly string[] }
export interface TypicalBank {
  readonly client: Who;
  readonly tarif: string;
  readonly option: string;
  /** The keys of what the customer receives and returns, and of the bank that a bill hands on. */
  readonly recu: string;
  readonly remis: string;
  readonly solde: string;
  /** The data of each civil month, `1` to `12`. */
  readonly mois: { readonly [month: string]: { readonly [key: string]: string } };
}
export interface TypicalCustomers {
  readonly courbes: { readonly [rate: string]: TypicalCustomer };
  readonly croisements: readonly TypicalCrossing[];
  readonly banque: TypicalBank | undefined;
}
export const NO_CUSTOMERS: TypicalCustomers = { courbes: {}, croisements: [], banque: undefined };

const decimal = { type: 'string', pattern: '^\\d+(\\.\\d+)?$' };
const who = { type: 'object', properties: { fr: { type: 'string', minLength: 1 }, en: { type: 'string', minLength: 1 } }, required: ['fr', 'en'], additionalProperties: false };
const given = { donnees: { type: 'object' }, liens: { type: 'object', additionalProperties: { type: 'string' } }, historique: { type: 'array' } };
const customer = {
  client: who, ...given, selon: { type: 'string' }, jusqua: decimal, puissance: decimal, puissances: { type: 'array', items: decimal, minItems: 1, maxItems: 5 },
  hiver: { type: 'object', properties: given, additionalProperties: false },
};
const ranged = { anyOf: [{ required: ['jusqua'] }, { required: ['puissance'] }] };
const months = Array.from({ length: 12 }, (_, index) => String(index + 1));
const SCHEMA = {
  type: 'object', additionalProperties: false, required: ['version'],
  properties: {
    version: { const: '1' },
    courbes: { type: 'object', additionalProperties: { type: 'object', properties: customer, required: ['client'], ...ranged, additionalProperties: false } },
    croisements: { type: 'array', items: { type: 'object', properties: { ...customer, tarifs: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 5, uniqueItems: true } }, required: ['client', 'tarifs'], ...ranged, additionalProperties: false } },
    banque: {
      type: 'object', additionalProperties: false, required: ['client', 'tarif', 'option', 'recu', 'remis', 'solde', 'mois'],
      properties: {
        client: who, tarif: { type: 'string' }, option: { type: 'string' }, recu: { type: 'string' }, remis: { type: 'string' }, solde: { type: 'string' },
        mois: { type: 'object', properties: Object.fromEntries(months.map((month) => [month, { type: 'object', additionalProperties: decimal }])), required: months, additionalProperties: false },
      },
    },
  },
};
let validate: ReturnType<Ajv2020['compile']> | undefined;

/** Reads the file of typical customers; the path is for messages. */
export function readTypical(text: string, path: string): { readonly customers: TypicalCustomers } | { readonly diagnostics: readonly Diagnostic[] } {
  const wrong = (detail: string) => ({ diagnostics: [diagnostic('texte/clients-types', { path, detail })] });
  const read = readJson(text);
  if ('diagnostics' in read) { const [first] = read.diagnostics; return wrong(first ? messageOf(first, 'fr') : ''); }
  const json = toPlain(read.value) as Json;
  validate ??= new Ajv2020({ strict: false }).compile(SCHEMA);
  if (!validate(json)) { const [error] = validate.errors ?? []; return wrong(`${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim()); }
  const { courbes = {}, croisements = [], banque } = json as unknown as Partial<TypicalCustomers>;
  return { customers: { courbes, croisements, banque } };
}
