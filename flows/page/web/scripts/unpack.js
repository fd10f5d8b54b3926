// The data of the page: gzip in base64, in an element that is shown to nobody.

export async function unpackText(id) {
  const holder = document.getElementById(id);
  const bytes = fromBase64(holder.textContent);
  holder.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

export async function unpackJson(id) {
  return JSON.parse(await unpackText(id));
}

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let place = 0; place < characters.length; place += 1) {
    bytes[place] = characters.charCodeAt(place);
  }
  return bytes;
}
