// The sentences that scripts say, translated by the server into the data of <template id="words">.
const said = document.getElementById("words")?.dataset ?? {};

export function word(name, values = {}) {
  return Object.entries(values).reduce(
    (text, [key, value]) => text.replaceAll(`{${key}}`, value),
    said[name] ?? name,
  );
}
