// The search of the site, run by the reader's browser from a file: no server, no request.
import MiniSearch from 'minisearch';

/** Accents and capitals do not count; figures keep their mark. */
const folded = (term) => term.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const entries = new Map(window.baremeSearch.map((entry) => [entry.id, entry]));
const index = new MiniSearch({
  fields: ['id', 'title', 'text'], idField: 'id',
  // A figure is one word, whatever its mark and its groups: `1 200`, `6,878`.
  tokenize: (text) => text.replace(/(\d)[\u00A0 ](?=\d{3}(?!\d))/g, '$1').split(/[^\p{L}\p{N},.%$¢°]+|[.,](?!\d)/u).filter((word) => word !== ''),
  processTerm: folded, searchOptions: { boost: { id: 8, title: 3 }, prefix: true, fuzzy: (term) => (/\d/.test(term) ? false : 0.15), combineWith: 'AND' },
});
index.addAll([...entries.values()]);

const input = document.querySelector('#q');
const hits = document.querySelector('#hits');
const count = document.querySelector('#count');

/** Some words around the first that was found. */
function excerpt(text, terms) {
  const plain = folded(text);
  const at = Math.max(0, ...terms.map((term) => plain.indexOf(term)).filter((place) => place >= 0).slice(0, 1));
  return `${at > 60 ? '… ' : ''}${text.slice(Math.max(0, at - 60), at + 180)}…`;
}

function show() {
  const asked = input.value.trim();
  hits.replaceChildren();
  if (asked === '') { count.textContent = ''; return; }
  const found = index.search(asked);
  count.textContent = found.length === 0 ? input.dataset.none : `${found.length} ${input.dataset.count}`;
  for (const { id, terms } of found.slice(0, 50)) {
    const entry = entries.get(id);
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = entry.href;
    link.textContent = `${entry.id} ${entry.title}`;
    const words = document.createElement('div');
    words.textContent = excerpt(entry.text, terms);
    item.append(link, words);
    hits.append(item);
  }
}
input.addEventListener('input', show);
const asked = new URLSearchParams(location.search).get('q');
if (asked) { input.value = asked; show(); }
input.focus();
