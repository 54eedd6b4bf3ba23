// Loads the cards once Home Assistant's frontend is there.
//
// The frontend replaces the browser's registry of custom elements and drops earlier definitions. So no element may be
// defined, or even derived, before the frontend's own first element exists.
const cards = new URL("./cards.js", import.meta.url).href;
const preload = Object.assign(document.createElement("link"), { rel: "modulepreload", href: cards });
document.head.append(preload);
await customElements.whenDefined("home-assistant");
await import(cards);

export {};
