// Loads the cards once Home Assistant's frontend is there.
//
// The frontend puts a registry of elements of its own in place of the browser's, and forgets what was defined before
// that. So nothing may be defined, nor even derived from an element, until its own first element is there.
const cards = new URL("./cards.js", import.meta.url).href;
const preload = Object.assign(document.createElement("link"), { rel: "modulepreload", href: cards });
document.head.append(preload);
await customElements.whenDefined("home-assistant");
await import(cards);

export {};
