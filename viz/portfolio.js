"use strict";
const D = JSON.parse(document.getElementById("data").textContent);
const W = D.words, $ = id => document.getElementById(id), HEIGHT = 34;
// Places of the facts in a row of an account.
const [NAME, GRADE, REVENUE, RISK, OWNER, CONTACT, WAYS, EFFECTIVE, STATE, SINGLES, CURRENCY, MAP, GRAVITY, REASONS] = D.fields.keys();
let lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en", view = "accounts";
const seen = {accounts: {sort: RISK, down: true, state: -1, text: ""}, owners: {sort: 3, down: true, state: -1, text: ""}};
let shown = [], dots = [], before = null;

const pick = pair => Array.isArray(pair) ? pair[lang === "zh" ? 0 : 1] : pair ?? "";
const word = key => pick(W[key]);
const el = (tag, text, cls) => { const e = document.createElement(tag); if (text != null) e.textContent = text; if (cls) e.className = cls; return e; };
function money(v) {
  if (v == null) return "";
  const steps = lang === "zh" ? [[1e8, "亿"], [1e4, "万"]] : [[1e9, " bn"], [1e6, " m"], [1e3, " k"]];
  const [by, unit] = steps.find(([s]) => v >= s) || [1, ""];
  return Number((v / by).toPrecision(3)).toLocaleString("en") + unit;
}
const owner = i => i < 0 ? "" : pick(D.owners[i][0]);
const listed = parts => parts.join(lang === "zh" ? "、" : ", ");
// The state of the access, and the other troubles of the account, the gravest first.
// Reasons have commas of their own.
const why = r => [pick(D.states[r[STATE]][1]), ...r[REASONS].map(i => pick(D.troubles[i]))].join(lang === "zh" ? "；" : "; ");
// Amounts in another currency than that of the sums say which, come after, and have no place on the scale.
const main = r => r[CURRENCY] === D.currency, coin = c => !c ? "" : lang === "zh" && Object.hasOwn(D.coins, c) ? D.coins[c] : " " + c, cash = (v, r) => money(v) + (v == null || main(r) ? "" : coin(r[CURRENCY]));
const columns = {
  accounts: [[NAME, r => pick(r[NAME])], [GRADE, r => r[GRADE]], [REVENUE, r => cash(r[REVENUE], r), 1], [RISK, r => cash(r[RISK], r), 1], [OWNER, r => listed(r[OWNER].map(owner))], [CONTACT, r => listed(r[CONTACT].map(pick))], [WAYS, r => r[WAYS] < 0 ? "" : r[WAYS], 1], [EFFECTIVE, r => r[EFFECTIVE].toFixed(1), 1], [STATE, why]],
  owners: [[0, r => pick(r[0])], [1, r => r[1], 1], [2, r => r[2], 1], [3, r => money(r[3]), 1], [4, r => r[4], 1], [5, r => r[5], 1]],
};
// The further questions: tables as they came, the last cell of a row the place of its account.
const asked = {}, number = v => typeof v !== "number" ? pick(v) : Math.abs(v) >= 1e5 ? money(v) : v.toLocaleString("en", {maximumFractionDigits: 2});
for (const t of D.tables) {
  const numeric = t.heads.map((_, i) => t.rows.some(r => typeof r[i] === "number") && t.rows.every(r => typeof r[i] === "number" || r[i] === "" || r[i] == null));
  t.widths = t.heads.map((_, i) => numeric[i] ? "104px" : t.rows.some(r => String(pick(r[i])).length > 40) ? "minmax(230px,3fr)" : t.rows.some(r => String(pick(r[i])).length > 16) ? "minmax(180px,2fr)" : "minmax(90px,1fr)").join(" ");
  asked[t.key] = t; seen[t.key] = {sort: -1, down: true, state: -1, text: ""};
  columns[t.key] = t.heads.map((_, i) => [i, r => number(r[i]), numeric[i] ? 1 : 0]);
  D.heads[t.key] = t.heads.map(h => h[2] ? [h[0] + " " + h[2], h[1] + " " + h[2]] : h.slice(0, 2));
}
const all = () => view === "accounts" ? D.accounts : view === "owners" ? D.owners : asked[view].rows;

function choose() {
  const s = seen[view], text = s.text.trim().toLowerCase();
  shown = asked[view] ? all().filter(r => !text || r.slice(0, -1).flat().join(" ").toLowerCase().includes(text)) : all().filter(r => (s.state < 0 || r[STATE] === s.state) && (!text || [r[0], ...view === "accounts" ? [...r[CONTACT], ...r[OWNER].map(i => D.owners[i][0])] : []].flat().join(" ").toLowerCase().includes(text)));
  // Where no letter fits, the sound may: pinyin, whole or initials.
  const heard = text.replace(/\s/g, ""), said = r => [...r, view === "accounts" ? [r[OWNER]].flat().filter(i => i >= 0).map(i => D.owners[i][0]) : ""].flat(9);
  if (heard && !shown.length) shown = all().filter(r => (view !== "accounts" || s.state < 0 || r[STATE] === s.state) && said(r).some(n => (D.sounds[n] || "").includes(heard)));
  const [, cell, numeric] = columns[view].find(c => c[0] === s.sort) || [];
  const after = r => view === "accounts" && (s.sort === REVENUE || s.sort === RISK) && r[s.sort] != null && !main(r);
  // S is the first grade, and no grade the last.
  const graded = cell && D.heads[view][s.sort][1] === "Grade", grade = r => ["S", "A", "B", "C"].indexOf(r[s.sort]) + 1 || 5;
  const key = r => graded ? grade(r) : numeric ? r[s.sort] === "" ? -1 : after(r) ? -1 / (2 + r[s.sort]) : r[s.sort] ?? -1 : String(cell(r));
  if (cell) shown.sort((a, b) => { const x = key(a), y = key(b); return (numeric || graded ? x - y : x.localeCompare(y, lang)) * (s.down ? -1 : 1); });
  $("scroll").scrollTop = 0;
  $("count").textContent = shown.length.toLocaleString("en") + " / " + all().length.toLocaleString("en") + (asked[view] && asked[view].rest ? " · " + word("rest").replace("{n}", asked[view].rest.toLocaleString("en")) : "");
  if (text && !shown.length) $("count").textContent = word("nobody");
  rows();
}
function rows() {
  const box = $("scroll"), first = Math.max(0, Math.floor(box.scrollTop / HEIGHT) - 6), last = Math.min(shown.length, first + Math.ceil(box.clientHeight / HEIGHT) + 14);
  const body = $("body");
  body.style.height = shown.length * HEIGHT + "px"; body.style.position = "relative"; body.style.minWidth = "860px";
  body.replaceChildren(...shown.slice(first, last).map((r, i) => {
    const line = el("button", null, "row body-row");
    line.style.top = (first + i) * HEIGHT + "px";
    for (const [at, text, numeric] of columns[view]) {
      const cell = el("span", null, (numeric ? "n" : "") + (view === "accounts" && at === RISK && r[RISK] > 0 ? " risk" : ""));
      if (view === "accounts" && at === STATE) cell.append(el("i", null, "dot g" + r[GRAVITY]));
      cell.append(text(r)); if (!numeric) cell.title = (view === "accounts" && at === STATE ? pick(D.gravity[r[GRAVITY]]) + ": " : "") + cell.textContent; line.append(cell);
    }
    line.onclick = () => open(r, line);
    return line;
  }));
}
function head() {
  $("list").className = "card " + (asked[view] ? "asked" : view);
  $("list").style.setProperty("--columns", asked[view] ? asked[view].widths : "");
  $("thead").replaceChildren(...columns[view].map(([at, , numeric]) => {
    const s = seen[view], b = el("button", pick(D.heads[view][at]) + (s.sort === at ? s.down ? " ↓" : " ↑" : ""), numeric ? "n" : "");
    b.title = pick(D.heads[view][at]);
    b.onclick = () => { s.down = s.sort === at ? !s.down : !!numeric; s.sort = at; head(); choose(); };
    return b;
  }));
  $("states").replaceChildren(...(view === "accounts" ? D.states : []).flatMap(([key, name], i) => {
    const n = D.accounts.filter(r => r[STATE] === i).length;
    if (!n) return [];
    const b = el("button");
    b.dataset.state = key; b.append(`${pick(name)} ${n.toLocaleString("en")}`);
    b.setAttribute("aria-pressed", seen.accounts.state === i);
    b.onclick = () => { seen.accounts.state = seen.accounts.state === i ? -1 : i; head(); choose(); draw(); };
    return [b];
  }));
}
function draw() {
  const canvas = $("canvas"), wide = view === "accounts";
  $("findings").hidden = !!asked[view]; canvas.hidden = !wide; $("bars").hidden = wide || !!asked[view]; $("answers").hidden = !asked[view];
  if (asked[view]) {
    $("caption").textContent = pick(asked[view].name);
    $("answers").replaceChildren(...asked[view].findings.map(([urgency, text]) => el("li", pick(text), "u" + urgency)), ...asked[view].notes.map(n => el("li", pick(n), "u0")));
    return;
  }
  $("caption").textContent = word(wide ? "caption" : "caption_owners");
  if (!wide) return bars();
  const lanes = D.states.map((s, i) => [i, D.accounts.filter(r => r[STATE] === i)]).filter(([, a]) => a.length);
  const phone = innerWidth < 640, lane = phone ? 62 : 56, left = phone ? 0 : 300, width = canvas.clientWidth, tall = lanes.length * lane + 26, scale = devicePixelRatio || 1;
  canvas.style.height = tall + "px"; canvas.width = width * scale; canvas.height = tall * scale;
  const c = canvas.getContext("2d"), css = getComputedStyle(document.documentElement), colour = name => css.getPropertyValue("--" + name);
  c.scale(scale, scale); c.font = "13px system-ui, sans-serif"; c.textBaseline = "middle";
  const values = D.accounts.filter(main).map(r => r[REVENUE]).filter(v => v > 0), low = Math.log10(Math.min(...values.slice(0, 1), values.reduce((a, b) => Math.min(a, b), Infinity)) || 1), high = Math.log10(values.reduce((a, b) => Math.max(a, b), 1));
  const x = v => left + 26 + (v > 0 && high > low ? (Math.log10(v) - low) / (high - low) : 0) * (width - left - 46);
  // Labels of the axis need some room each.
  const every = Math.max(1, Math.ceil(64 * (high - low) / (width - left - 46)));
  for (let p = Math.ceil(low); p <= high; p += every) {
    c.fillStyle = colour("rule"); c.fillRect(x(10 ** p), 0, 1, tall - 24);
    c.fillStyle = colour("muted"); c.textAlign = "center"; c.fillText(money(10 ** p), Math.min(x(10 ** p), width - 24), tall - 11);
  }
  dots = [];
  lanes.forEach(([state, accounts], at) => {
    const top = at * lane, faded = seen.accounts.state >= 0 && seen.accounts.state !== state;
    c.fillStyle = colour("rule"); c.fillRect(0, top + lane - 1, width, 1);
    c.globalAlpha = faded ? 0.12 : accounts.length > 400 ? 0.55 : 0.85;
    const room = phone ? lane - 34 : lane - 14;
    accounts.forEach((r, i) => {
      const y = top + (phone ? 26 : 7) + ((i * 0.618034 + at * 0.37) % 1) * room, [revenue, risk] = main(r) ? [r[REVENUE], r[RISK] || 0] : [0, 0], size = 2.2 + 5 * Math.sqrt(Math.max(risk, 0) / (10 ** high));
      c.fillStyle = colour("g" + r[GRAVITY]); c.beginPath(); c.arc(x(revenue), y, size, 0, 7); c.fill();
      dots.push([x(revenue), y, size, r]);
    });
    if (D.accounts.length <= 40) names(c, dots.slice(-accounts.length), width, colour("ink"), phone ? [[0, top, width, top + 18]] : []);
    c.globalAlpha = 1; c.textAlign = "left"; c.fillStyle = colour("ink"); c.font = "600 13px system-ui, sans-serif";
    const sum = accounts.reduce((s, r) => s + (r[CURRENCY] === D.currency && r[REVENUE] || 0), 0), total = `${accounts.length.toLocaleString("en")} · ${money(sum)}${coin(D.currency)}`;
    const title = pick(D.states[state][1]), long = c.measureText(title).width;
    c.fillText(title, 2, top + (phone ? 10 : lane / 2 - 9));
    c.font = (phone ? 11.5 : 13) + "px system-ui, sans-serif"; c.fillStyle = colour("muted");
    if (!phone) c.fillText(total, 2, top + lane / 2 + 10);
    else if (long + 10 + c.measureText(total).width < width) c.fillText(total, long + 10, top + 10);
  });
  canvas.setAttribute("aria-label", lanes.map(([s, a]) => pick(D.states[s][1]) + ": " + a.length).join(", "));
}
// Names beside the dots, those with most at risk first, as long as they don't run over each other.
function names(c, found, width, ink, heads) {
  const taken = [...heads, ...found.map(([x, y, size]) => [x - size, y - size, x + size, y + size])], colour = c.fillStyle;
  c.font = "12px system-ui, sans-serif"; c.fillStyle = ink; c.textAlign = "left";
  for (const [x, y, size, r] of [...found].sort((a, b) => b[2] - a[2])) {
    const said = [...pick(r[NAME])], name = said.length > 24 ? said.slice(0, 23).join("") + "…" : said.join("");
    const long = c.measureText(name).width, from = x + size + 5 + long < width ? x + size + 5 : x - size - 5 - long, box = [from, y - 7, from + long, y + 7];
    if (taken.some(t => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) continue;
    taken.push(box); c.fillText(name, from, y);
  }
  c.fillStyle = colour;
}
function bars() {
  const top = D.owners.filter(r => r[2] > 0).slice(0, 14), most = Math.max(...top.map(r => r[3]), 1e-9), count = Math.max(...top.map(r => r[2]), 1);
  $("bars").replaceChildren(...top.map(r => {
    const b = el("button"), bar = el("i"), box = el("span");
    bar.style.width = 100 * (most > 1e-6 ? r[3] / most : r[2] / count) + "%";
    box.append(bar); b.append(el("span", pick(r[0])), box, el("span", `${money(r[3])} · ${r[2]} / ${r[1]}`));
    b.onclick = () => open(r, b, "owners");
    return b;
  }));
}
function open(r, from, kind = view) {
  before = from || null;
  const box = $("detail"), facts = el("dl"), list = el("ul");
  const put = (name, value) => { if (value !== "" && value != null) facts.append(el("dt", name), el("dd", value)); };
  box.replaceChildren(el("h2", pick(r[0])), facts);
  columns[kind].slice(1).forEach(([at, text]) => put(pick(D.heads[kind][at]), text(r)));
  if (kind === "accounts") {
    if (r[MAP]) { const a = el("a", word("map"), "map"); a.href = r[MAP]; box.append(a); }
    const place = D.accounts.indexOf(r), rest = D.tables.flatMap(t => t.rows.filter(x => x[x.length - 1] === place).slice(0, 4).map(x => [t, x]));
    for (const [who, part, lost, people, heir] of r[SINGLES]) {
      const share = Math.round(part * 100) + "%", li = el("li");
      li.append(word("if_leaves").replace("{who}", owner(who)).replace("{part}", share).replace("{lost}", lost).replace("{people}", people), " ", heir < 0 ? word("no_heir") : word("heir").replace("{who}", owner(heir)));
      list.append(li);
    }
    if (r[SINGLES].length) box.append(el("h3", word("what_if")), list);
    if (rest.length) {
      const also = el("ul");
      for (const [t, x] of rest) { const li = el("li"), told = t.heads.map((h, i) => [pick(D.heads[t.key][i]), number(x[i])]).filter(([, v]) => v !== "" && v !== pick(r[NAME]) && v !== r[GRADE]); li.append(el("b", pick(t.name) + ": "), told.map(([h, v]) => `${h} ${v}`).join(" · ")); also.append(li); }
      box.append(el("h3", word("also")), also);
    }
  } else if (asked[kind]) {
    const at = r[r.length - 1];
    if (at >= 0) { const b = el("button", pick(D.accounts[at][NAME]) + " →", "to"); b.onclick = () => open(D.accounts[at], from, "accounts"); box.append(b); }
  } else {
    const index = D.owners.indexOf(r), held = D.accounts.filter(a => a[SINGLES].some(s => s[0] === index)).slice(0, 40);
    for (const a of held) {
      const s = a[SINGLES].find(s => s[0] === index), li = el("li");
      li.append(el("b", pick(a[NAME])), ` ${cash(a[REVENUE] == null ? null : a[REVENUE] * s[1], a)} · ${Math.round(s[1] * 100)}% · `, s[4] < 0 ? word("no_heir") : word("heir").replace("{who}", owner(s[4])));
      list.append(li);
    }
    if (held.length) box.append(el("h3", word("what_if")), list);
    box.append(el("p", pick(D.notice)));
  }
  $("drawer").setAttribute("aria-label", pick(r[0]));
  $("drawer").hidden = false; $("close").focus();
}
function shut() { $("drawer").hidden = true; if (before && before.isConnected) before.focus(); }
function say() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.querySelectorAll("[data-w]").forEach(e => { e.textContent = word(e.dataset.w); });
  document.querySelectorAll("[data-a]").forEach(e => { e.setAttribute("aria-label", word(e.dataset.a)); if (e.tagName === "INPUT") e.placeholder = word(e.dataset.a); });
  document.title = word("title");
  for (const b of $("questions").children) b.textContent = pick(asked[b.dataset.view].name);
  $("scroll").setAttribute("aria-label", word("accounts"));
  $("views").setAttribute("aria-label", word("title"));
  $("sub").textContent = `${D.as_of} · ${word("count").replace("{a}", D.accounts.length.toLocaleString("en")).replace("{o}", D.owners.length.toLocaleString("en"))}`;
  $("banner").textContent = pick(D.banner) + (D.generated ? " · " + D.generated : "");
  $("sentence").textContent = pick(D.findings[0][1]);
  $("findings").replaceChildren(...D.findings.slice(1).map(([urgency, text]) => el("li", pick(text), "u" + urgency)));
  $("foot").replaceChildren(el("p", pick(D.notice), "notice"), ...D.notes.map(n => el("p", pick(n))));
  head(); choose(); draw();
}
$("questions").hidden = !D.tables.length;
for (const t of D.tables) { const b = el("button"); b.dataset.view = t.key; b.setAttribute("aria-pressed", "false"); $("questions").append(b); }
document.querySelectorAll("[data-view]").forEach(b => { b.onclick = () => {
  view = b.dataset.view; $("find").value = seen[view].text;
  document.querySelectorAll("[data-view]").forEach(o => o.setAttribute("aria-pressed", o === b));
  head(); choose(); draw();
}; });
$("lang").onclick = () => { lang = lang === "zh" ? "en" : "zh"; say(); };
$("theme").onclick = () => { const r = document.documentElement; r.dataset.theme = r.dataset.theme === "dark" ? "light" : "dark"; draw(); };
$("find").oninput = e => { seen[view].text = e.target.value; choose(); };
$("scroll").onscroll = rows;
$("close").onclick = shut;
addEventListener("keydown", e => { if (e.key === "Escape") shut(); });
addEventListener("resize", draw);
$("canvas").onclick = e => {
  let best = null, near = 144;
  for (const [x, y, , r] of dots) { const d = (x - e.offsetX) ** 2 + (y - e.offsetY) ** 2; if (d < near) { near = d; best = r; } }
  if (best) open(best, null, "accounts");
};
if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.dataset.theme = "dark";
say();
document.documentElement.dataset.ready = "yes";
