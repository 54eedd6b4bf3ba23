// A dialogue whose code is loaded when it is opened: one for each card, beside what the card draws.
export function dialogIn<T extends HTMLElement>(root: HTMLElement | DocumentFragment, name: string, element: new () => T): T {
  if (!customElements.get(name)) customElements.define(name, element);
  const known = root.querySelector<T>(name);
  if (known) return known;
  const dialog = document.createElement(name) as T;
  root.append(dialog);
  return dialog;
}
