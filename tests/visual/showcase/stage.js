// Comes when nothing on the stage has anything more to draw, for some frames in a row. Icons come when they are asked
// for first; what hasn't come after some seconds never will, and is seen as it is.
window.gymSettled = async () => {
  const isPending = (root) =>
    [...root.querySelectorAll("*")].some(
      (one) =>
        one.isUpdatePending ||
        (one.localName === "ha-icon" && one.icon && !one.shadowRoot?.querySelector("ha-svg-icon")?.path) ||
        (one.shadowRoot && isPending(one.shadowRoot)),
    );
  const until = performance.now() + 5000;
  for (let calm = 0; calm < 3 && performance.now() < until; ) {
    await new Promise(requestAnimationFrame);
    calm = isPending(document.querySelector("#gym-stage")) ? 0 : calm + 1;
  }
};

// A run of 6.2 km at about 5:18 a kilometre, whose cadence rises after the first minutes.
const points = Array.from({ length: 125 }, (_, point) => point);
const curve = {
  distances: points.map((point) => 50 * point),
  times: points.map((point) => 15.9 * point),
  paces: points.map((point) => 0.318 + 0.02 * Math.sin(point / 7) + (point < 12 ? 0.03 : 0)),
  heart_rates: points.map((point) => Math.round(150 - 30 * Math.exp(-point / 8))),
  cadences: points.map((point) => (point < 12 ? 166 : 174) + 3 * Math.sin(point / 5)),
  heights: points.map(() => null),
};

// Puts a card on an empty stage over Home Assistant's own page, with a home behind it that answers what it was told to.
window.gymStage = async ({ type, config, width, answers, locale, units, code, dir }) => {
  document.querySelector("#gym-stage")?.remove();
  const real = document.querySelector("home-assistant").hass;
  const listeners = { ready: new Set(), disconnected: new Set() };
  const fire = (event) => [...listeners[event]].forEach((listener) => listener());
  // `refused` are the commands that fail for the time being; `nobody` may be seen while that is true.
  const told = { calls: [], toasts: [], say: () => undefined, fire, refused: new Set(), nobody: false };
  window.gymTold = told;
  const commands = {
    "home_gym/runners": () => {
      const alex = { config_entry_id: "01ALEX", name: "Alex", loaded: true, entities: {} };
      return { runners: told.nobody ? [] : [alex], treadmills: [] };
    },
    "home_gym/runs": ({ offset, limit, search }) => {
      const isFound = (run, word) => run.start.includes(word) || run.surface === word;
      const runs = answers.runs.filter((run) => !search || search.split("|").some((word) => isFound(run, word)));
      const months = search ? [{ month: "2026-05", runs: runs.length, distance: 0 }] : answers.months;
      return { revision: 1, total: runs.length, offset, runs: runs.slice(offset, offset + limit), ...(offset ? {} : { months: runs.length ? months : [] }) };
    },
    "home_gym/back": () => answers.back,
    "home_gym/run": ({ run }) => ({
      run: answers.runs.find((one) => one.id === run),
      figures: { max_heart_rate: 171, ascent: 42, descent: 40, step_length: 1.12, zones: [60, 600, 900, 700, 140], zone_limits: [110, 130, 148, 162, 185] },
      parts: [{ habit: "warm_up", duration: 360, derived: true }],
      left_out: [],
      laps: [{ distance: 1000, duration: 330, cadence: 168 }, { distance: 5200, duration: 1640, cadence: 174 }],
      band: [170, 180],
      told: [{ origin: "file", device: "Forerunner", distance: 8000, duration: 2400 }, { origin: "power", distance: 7800 }],
      said: [],
    }),
    "home_gym/run_curve": () => curve,
    "home_gym/trends": () => answers.trends,
    "frontend/get_user_data": () => ({ value: null }),
  };
  const connection = {
    subscribeMessage: (tell) => {
      if (code) return Promise.reject({ code });
      told.say = tell;
      queueMicrotask(() => tell({ whole: answers.document, now: new Date().toISOString() }));
      return Promise.resolve(() => Promise.resolve());
    },
    addEventListener: (event, listener) => listeners[event].add(listener),
    removeEventListener: (event, listener) => listeners[event].delete(listener),
  };
  const hass = {
    ...real,
    connection,
    locale: { ...real.locale, ...locale },
    config: { ...real.config, unit_system: { ...real.config.unit_system, length: units } },
    loadBackendTranslation: async (category, integration) => {
      const { resources } = await real.callWS({ type: "frontend/get_translations", language: locale.language, category, integration });
      return (key) => resources[key] ?? "";
    },
    callWS: async (command) => {
      told.calls.push(command);
      if (told.refused.has(command.type)) throw { code: "failed" };
      return commands[command.type]?.(command) ?? {};
    },
    callService: async (domain, service, data) => {
      told.calls.push({ service, ...data });
      return { response: { page: "/a-page" } };
    },
  };
  const stage = Object.assign(document.createElement("div"), { id: "gym-stage", dir });
  stage.style.cssText = `position:fixed;inset:0;z-index:99;overflow:auto;background:var(--primary-background-color);padding:8px;box-sizing:border-box;width:${width}px`;
  stage.addEventListener("hass-notification", (event) => told.toasts.push(event.detail));
  const card = document.createElement(type);
  card.setConfig({ type: `custom:${type}`, ...config });
  card.hass = hass;
  // Its height is that of what is in it, as in a dashboard.
  const frame = document.createElement("div");
  frame.append(card);
  stage.append(frame);
  document.body.append(stage);
  window.gymCard = card;
  window.gymHass = hass;
  await window.gymSettled();
};
