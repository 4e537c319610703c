/**
 * Values made from tariff files ⇄ bytes. Sharing and cycles are kept, big integers too. Three things are not data, and are put back in
 * their place: the source files that spans name, the sets that come back (made again from their shape), and the names of other
 * programs, which must be the very ones that those programs have.
 */
import { deserialize, serialize } from 'node:v8';
import { recurringOf } from '../../calendar/recurring.ts';
import type { CorePlage, ValueSymbol } from '../../check/core.ts';
import type { SourceFile } from '../../source/file.ts';
import type { TariffFiles } from './files.ts';

/** A name of another program, by what it is called there. */
export interface Ref { readonly rate: string; readonly options: readonly string[]; readonly key: string }

type Recurring = Extract<CorePlage, { kind: 'recurring' }>;
interface Packed {
  readonly root: unknown;
  /** Stand-ins of source files, each with the place of its file. */
  readonly files: readonly (readonly [SourceFile, number])[];
  readonly sets: readonly Recurring[];
  /** What holds a name of another program, in which property. */
  readonly names: readonly (readonly [holder: object, property: string, ref: Ref])[];
}

/** Whether a value is a name of the program that is packed, or of another; undefined when nobody knows it. */
export type Whose = (symbol: ValueSymbol) => 'own' | Ref | undefined;

const isFile = (value: object): value is SourceFile => { const keys = Object.keys(value); return keys.length === 2 && keys[0] === 'path' && keys[1] === 'text'; };
const isSymbol = (value: object): value is ValueSymbol => 'slot' in value && 'role' in value && 'grain' in value;
const isRecurring = (value: object): value is Recurring => 'kind' in value && value.kind === 'recurring' && 'shape' in value;

/** The bytes of a value, or why it cannot be kept. */
export function pack(value: unknown, files: TariffFiles, whose: Whose): { readonly bytes: Uint8Array } | { readonly why: string } {
  const copies = new Map<object, unknown>();
  const packed = { files: [] as [SourceFile, number][], sets: [] as Recurring[], names: [] as [object, string, Ref][] };
  let why: string | undefined;
  const refuse = (reason: string): undefined => { why ??= reason; return undefined; };

  const copyFile = (file: SourceFile): unknown => {
    // That of what no file says.
    if (file.text === '') return { path: file.path, text: '' };
    const index = files.indexOf(file);
    if (index === undefined) return refuse(`${file.path} is not as it was read`);
    const stand: SourceFile = { path: '', text: '' };
    packed.files.push([stand, index]);
    return stand;
  };
  const copyInto = (target: Record<string, unknown>, source: object): object => {
    for (const [key, each] of Object.entries(source)) {
      if (typeof each === 'object' && each !== null && isSymbol(each as object)) {
        const home = whose(each as ValueSymbol);
        if (home === undefined) refuse(`nobody has the name ${(each as ValueSymbol).name}`);
        if (home !== undefined && home !== 'own') { packed.names.push([target, key, home]); target[key] = undefined; continue; }
      }
      target[key] = copy(each);
    }
    return target;
  };
  const copy = (each: unknown): unknown => {
    if (typeof each === 'function' || typeof each === 'symbol') return refuse('a function is not data');
    if (typeof each !== 'object' || each === null) return each;
    const known = copies.get(each);
    if (known !== undefined) return known;
    const made = <T>(target: T): T => { copies.set(each, target); return target; };
    if (Array.isArray(each)) { const list = made<unknown[]>([]); for (const item of each) list.push(copyItem(item)); return list; }
    if (each instanceof Map) { const map = made(new Map<unknown, unknown>()); for (const [key, item] of each) map.set(key, copyItem(item)); return map; }
    if (each instanceof Set) { const set = made(new Set()); for (const item of each) set.add(copyItem(item)); return set; }
    if (Object.getPrototypeOf(each) !== Object.prototype) return refuse(`a ${each.constructor.name} is not data`);
    if (isFile(each)) return made(copyFile(each));
    if (isRecurring(each)) { const { set: _, ...rest } = each; const plage = copyInto(made({ set: undefined }), rest) as Recurring; packed.sets.push(plage); return plage; }
    return copyInto(made({}), each);
  };
  /** In a list, a map or a set there is no property to put a name back in. */
  const copyItem = (item: unknown): unknown => (typeof item === 'object' && item !== null && isSymbol(item) && whose(item) !== 'own' ? refuse(`the name ${item.name} of another program stands in a list`) : copy(item));

  const root = copyItem(value);
  return why === undefined ? { bytes: serialize({ root, ...packed } satisfies Packed) } : { why };
}

/** The value that was packed. `named` gives a name of another program, when it is first read. */
export function unpack(bytes: Uint8Array, files: TariffFiles, named: (ref: Ref) => ValueSymbol): unknown {
  const packed = deserialize(bytes) as Packed;
  for (const [stand, index] of packed.files) {
    const file = files.file(index);
    Object.defineProperties(stand, { path: { value: file.path, enumerable: true }, text: { get: () => file.text, enumerable: true } });
  }
  for (const plage of packed.sets) (plage as { set: Recurring['set'] }).set = recurringOf(plage.shape);
  for (const [holder, property, ref] of packed.names) Object.defineProperty(holder, property, { get: () => named(ref), enumerable: true });
  return packed.root;
}
