'use strict';
(() => {
  const M = JSON.parse(document.getElementById('model').textContent);
  const W = M.words, root = document.documentElement, narrow = matchMedia('(max-width:900px)');
  const $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
  const S = {lang: M.lang, view: 'attitude', mode: 'side', tab: 'us', picked: null, hover: null, role: null, step: 0, pair: M.camps.slice(1, 3).map(c => c.key)};
  /* drawings are lists of numbers of marks kept once */
  const marksOf = numbers => numbers.map(n => M.bank[n]);
  for (const id in M.always) M.always[id] = marksOf(M.always[id]);
  for (const t of M.times) for (const camp in t.marks) for (const v in t.marks[camp]) for (const id in t.marks[camp][v]) t.marks[camp][v][id] = marksOf(t.marks[camp][v][id]);
  const today = M.times.length - 1;
  function travel(n) { S.time = n; M.marks = M.times[n].marks; M.standings = M.times[n].standings; if (S.picked && M.people[S.picked].when && !M.people[S.picked].when.includes(n)) S.picked = null; if (n < today && S.view === 'difference') S.view = 'attitude'; }
  travel(today);
  const nets = {}, ids = Object.keys(M.people).sort();
  /* who was there on the day shown */
  const there = id => !M.people[id].when || M.people[id].when.includes(S.time), here = () => ids.filter(there);
  const li = () => S.lang === 'zh' ? 0 : 1;
  const w = key => W[key][li()], pick = t => t[li()] || t[1 - li()] || '';
  const el = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text !== undefined) e.textContent = text; return e; };
  const signed = a => a === null || a === undefined ? '?' : a > 0 ? '+' + a : a < 0 ? '−' + -a : '0';
  const chipClass = a => 'chip ' + (a === null || a === undefined ? 'hatch' : 'bg' + a);

  /* theme: tokens are read from the stylesheet once per switch */
  let T = {};
  const tokens = ['paper', 'lane', 'rule', 'ink', 'muted', 'faint', 'outline', 'line', 'sway', 'risk', 'circle', 'us', 'a', 'b', 'other', 'onTone', 'veil', 'up', 'down', 'att-2', 'att-1', 'att0', 'att1', 'att2', 'att3', 'on-2', 'on-1', 'on0', 'on1', 'on2', 'on3'];
  function readTheme() { const s = getComputedStyle(root); T = {none: 'none'}; for (const t of tokens) T[t] = s.getPropertyValue('--' + t).trim(); }
  function theme(dark) { root.dataset.theme = dark ? 'dark' : 'light'; readTheme(); draw(); }
  const FONT = getComputedStyle(document.body).fontFamily;
  const paths = new Map();
  const path = d => { let p = paths.get(d); if (!p) paths.set(d, p = new Path2D(d)); return p; };

  function hatch(c) {
    const k = document.createElement('canvas'); k.width = k.height = 8;
    const x = k.getContext('2d'); x.fillStyle = T.paper; x.fillRect(0, 0, 8, 8); x.strokeStyle = T.line; x.lineWidth = 1.6;
    x.beginPath(); for (const o of [-8, 0, 8]) { x.moveTo(o, 8); x.lineTo(o + 8, 0); } x.stroke();
    return c.createPattern(k, 'repeat');
  }
  function paint(c, marks) {
    for (const m of marks) {
      if (m[0] === 't') {
        const text = Array.isArray(m[3]) ? m[3][li()] : m[3];
        if (!text) continue;
        c.font = `${m[8].includes('italic') ? 'italic' : 'normal'} ${m[6]} ${m[4]}px ${FONT}`; c.textAlign = m[7] === 'middle' ? 'center' : m[7]; c.textBaseline = 'alphabetic'; c.fillStyle = T[m[5]];
        if (m[8].includes('halo')) { c.strokeStyle = T.lane; c.lineWidth = 3; c.lineJoin = 'round'; c.strokeText(text, m[1], m[2]); }
        c.fillText(text, m[1], m[2]);
        continue;
      }
      const circle = m[0] === 'c', stroke = circle ? m[5] : m[2], width = circle ? m[6] : m[3], fill = m[4], dash = circle ? m[7] : m[5];
      let p = null;
      if (circle) { c.beginPath(); c.arc(m[1], m[2], m[3], 0, 2 * Math.PI); } else p = path(m[1]);
      if (fill !== 'none') { c.fillStyle = fill === 'hatch' ? hatch(c) : T[fill]; p ? c.fill(p) : c.fill(); }
      if (stroke !== 'none' && width) { c.strokeStyle = T[stroke]; c.lineWidth = width; c.setLineDash(dash || []); c.lineJoin = 'round'; p ? c.stroke(p) : c.stroke(); c.setLineDash([]); }
    }
  }

  /* who stays bright: the people of the story's step; or the person, the chain to the top, whoever is tied */
  const step = () => M.steps[S.step - 1];
  function bright(key) {
    const id = S.picked || S.hover;
    if (!id && S.step) return new Set([...step().p, ...step().w.flat()]);
    if (S.role && !id) return new Set(here().filter(i => M.people[i].roles.includes(S.role)));
    if (!id) return null;
    const route = S.picked && S.time === today && (M.routes[key] || {})[id], keep = new Set([id, ...(route ? route[1] : [])]);
    for (let b = M.people[id].bosses[0], n = 0; b && n < 20 && !keep.has(b); n++, b = M.people[b].bosses[0]) keep.add(b);
    for (const k of M.links) { if (!k.w.includes(S.time)) continue; if (k.a === id) keep.add(k.b); if (k.b === id) keep.add(k.a); }
    return keep;
  }
  function shown(k) { if (!k.w.includes(S.time)) return false; const id = S.picked || S.hover, lit = !id && S.step && step().p; return k.s || (id && (k.a === id || k.b === id)) || (lit && lit.includes(k.a) && lit.includes(k.b)); }
  /* a way from person to person, in the colour of whose way it is */
  function trail(c, people, tone) {
    c.strokeStyle = c.fillStyle = tone; c.lineWidth = 3; c.lineCap = 'round';
    for (let i = 1; i < people.length; i++) {
      const a = M.people[people[i - 1]], b = M.people[people[i]], l = Math.hypot(b.x - a.x, b.y - a.y) || 1, ux = (b.x - a.x) / l, uy = (b.y - a.y) / l;
      const x = b.x - ux * (b.r + 3), y = b.y - uy * (b.r + 3);
      c.beginPath(); c.moveTo(a.x + ux * (a.r + 3), a.y + uy * (a.r + 3)); c.lineTo(x - ux * 7, y - uy * 7); c.stroke();
      c.beginPath(); c.moveTo(x, y); c.lineTo(x - ux * 9 - uy * 5, y - uy * 9 + ux * 5); c.lineTo(x - ux * 9 + uy * 5, y - uy * 9 - ux * 5); c.fill();
    }
  }
  function pointed(c, key) {
    const route = S.picked && S.time === today && (M.routes[key] || {})[S.picked], tone = T[M.camps.find(k => k.key === key).tone];
    for (const way of S.picked ? route ? [route[1]] : [] : S.step && key === M.told ? step().w : []) trail(c, way, tone);
    for (const id of route ? route[3] : []) {
      const p = M.people[id];
      c.beginPath(); c.arc(p.x, p.y, p.r + 6, 0, 7); c.strokeStyle = T.risk; c.lineWidth = 1.8; c.setLineDash([3, 2.5]); c.stroke(); c.setLineDash([]);
    }
  }
  function before(key) {
    return c => {
      const lit = bright(key);
      paint(c, M.ground);
      for (const k of M.links) {
        if (!shown(k)) continue;
        c.globalAlpha = !lit || (lit.has(k.a) && lit.has(k.b)) ? 1 : .18;
        paint(c, k.m);
      }
      c.globalAlpha = 1;
      paint(c, M.levels);
      pointed(c, key);
    };
  }
  function renderer(key, id) {
    // vis also asks without arguments, only for the dimensions
    return ({ctx, x, y} = {}) => ({
      drawNode() {
        if (!there(id)) return;
        const lit = bright(key);
        ctx.save(); ctx.translate(x, y); ctx.globalAlpha = !lit || lit.has(id) ? 1 : .22;
        if (S.picked === id) { ctx.beginPath(); ctx.arc(0, 0, M.people[id].r + 7, 0, 7); ctx.strokeStyle = T.up; ctx.lineWidth = 2; ctx.stroke(); }
        paint(ctx, M.marks[key][S.view === 'difference' ? 'difference' : 'attitude'][id]); paint(ctx, M.always[id]);
        ctx.restore();
      },
      nodeDimensions: {width: 2 * M.people[id].r, height: 2 * M.people[id].r},
    });
  }

  const tabular = () => S.view === 'power' || S.view === 'team';
  let view = {scale: 1, x: M.width / 2, y: M.height / 2};
  function visible() {
    if (S.view === 'list') return [];
    if (narrow.matches || S.mode === 'one') return [S.tab];
    return ['us', ...S.pair].filter(k => M.camps.some(c => c.key === k));
  }
  function fit() {
    const box = $('#panel-' + visible()[0] + ' .map');
    if (!box) return;
    view = {scale: Math.min(box.clientWidth / (M.width + 16), box.clientHeight / (M.height + 12), 1.5), x: M.width / 2, y: M.height / 2};
    move();
  }
  function move() { for (const key of visible()) { const net = nets[key]; if (net) net.moveTo({scale: view.scale, position: {x: view.x, y: view.y}}); } place(); }
  function place() {
    for (const key of visible()) {
      const net = nets[key], layer = $('#panel-' + key + ' .over');
      if (!net) continue;
      for (const b of layer.children) {
        const p = M.people[b.dataset.id], q = net.canvasToDOM({x: p.x, y: p.y}), d = Math.max(24, 2 * p.r * view.scale);
        b.style.left = q.x + 'px'; b.style.top = q.y + 'px'; b.style.width = b.style.height = d + 'px';
      }
    }
  }
  function size() {
    const keys = visible(), table = tabular();
    $('#panels').style.setProperty('--cols', narrow.matches ? 1 : keys.length || 1);
    const alone = S.mode === 'one' && !narrow.matches && !M.plain, above = $('#panels').getBoundingClientRect().top + scrollY;
    for (const key of keys) {
      const panel = $('#panel-' + key), box = $('.map', panel), whole = panel.clientWidth - 2;
      $('.map', panel).hidden = table; $('.grid', panel).hidden = !table;
      /* of one map the facts stand beside or below, whichever leaves it larger */
      const tall = below => Math.max(420, innerHeight - above - 38 - below - 76), scale = (x, y) => Math.min(x / (M.width + 16), y / (M.height + 12));
      const beside = alone && (table || scale(whole - 340, tall(0)) > scale(whole, tall(112)));
      panel.classList.toggle('beside', beside); panel.classList.toggle('below', alone && !beside);
      const wide = beside ? whole - 340 : whole, room = tall(beside || M.plain ? 0 : alone ? 112 : 164);
      const want = Math.min(wide * (M.height + 12) / (M.width + 16), 1.5 * (M.height + 12));
      if (table) $('.grid', panel).style.height = narrow.matches ? 'auto' : room + 'px';
      box.style.height = Math.round(narrow.matches ? want : Math.min(Math.max(want, 300), room)) + 'px';
    }
  }
  function make(key) {
    if (nets[key]) return;
    const data = M.net;
    const nodes = new vis.DataSet(data.nodes.map(x => ({...x, ctxRenderer: renderer(key, x.id)}))), edges = new vis.DataSet(data.edges);
    const net = nets[key] = new vis.Network(document.getElementById('net-' + key), {nodes, edges}, data.options);
    // the whole name of a lane whose name is shortened above it
    const box = $('#panel-' + key + ' .map');
    if (M.shortened.length) box.addEventListener('mousemove', e => {
      const at = box.getBoundingClientRect(), p = net.DOMtoCanvas({x: e.clientX - at.left, y: e.clientY - at.top});
      const lane = M.shortened.find(l => p.y >= 0 && p.y < M.head && p.x >= l[0] && p.x <= l[0] + l[1]);
      box.title = lane ? pick(lane[2]) : '';
    });
    net.on('beforeDrawing', before(key));
    net.on('click', e => select(e.nodes[0] || null));
    net.on('dragging', e => { if (e.nodes.length) return; const p = net.getViewPosition(); view.x = p.x; view.y = p.y; move(); });
    for (const frame of $$('#net-' + key + ' .vis-network')) frame.tabIndex = -1;
    for (const canvas of $$('#net-' + key + ' canvas')) canvas.setAttribute('aria-hidden', 'true');
    const layer = $('#panel-' + key + ' .over');
    for (const id of ids) {
      const b = el('button'); b.dataset.id = id; b.type = 'button';
      b.addEventListener('click', () => select(S.picked === id ? null : id));
      b.addEventListener('mouseenter', () => { S.hover = id; draw(); });
      b.addEventListener('mouseleave', () => { S.hover = null; draw(); });
      layer.append(b);
    }
  }
  function labels() {
    for (const key of visible()) for (const b of $('#panel-' + key + ' .over').children) {
      const p = M.people[b.dataset.id], s = M.standings[key][b.dataset.id];
      b.hidden = !there(b.dataset.id);
      b.setAttribute('aria-label', [pick(p.name), pick(p.title), M.plain ? '' : attitudeWords(s.attitude)].filter(Boolean).join(', '));
      b.setAttribute('aria-pressed', String(S.picked === b.dataset.id));
      b.title = `${pick(p.name)} · ${pick(p.title)}`;
    }
  }
  const attitudeWords = a => a === null || a === undefined ? w('unknown') : `${signed(a)} ${pick(M.attitudes[a])}`;
  function draw() { for (const key of visible()) if (nets[key]) nets[key].redraw(); }

  /* tables in the panels: power by attitude, and who of the team covers whom */
  function who(id) {
    const b = el('button', 'who' + (M.people[id].power >= 7 ? ' top' : ''), pick(M.people[id].name));
    b.title = pick(M.people[id].title); b.setAttribute('aria-pressed', String(S.picked === id)); b.addEventListener('click', () => select(S.picked === id ? null : id));
    return b;
  }
  function cell(tag, scope, ...content) { const c = el(tag); if (scope) c.scope = scope; c.append(...content); return c; }
  function powerTable(key) {
    const table = el('table'), head = el('tr'), st = M.standings[key], columns = [-2, -1, 0, 1, 2, 3, null];
    head.append(cell('td'), ...columns.map(a => { const chip = el('i', chipClass(a), signed(a)); chip.title = attitudeWords(a); return cell('th', 'col', chip); }));
    table.append(el('thead')); table.firstChild.append(head);
    const body = el('tbody');
    for (const [band, from, to] of [['high', 7, 11], ['mid', 4, 7], ['low', -1, 4]]) {
      const tr = el('tr'), inBand = here().filter(i => M.people[i].power >= from && M.people[i].power < to).sort((a, b) => M.people[b].power - M.people[a].power);
      tr.append(cell('th', 'row', w(band)));
      for (const a of columns) tr.append(cell('td', '', ...inBand.filter(i => (st[i].attitude ?? null) === a).map(who)));
      body.append(tr);
    }
    table.append(body);
    return [table];
  }
  function teamTable(key) {
    const team = M.camps.find(c => c.key === key).team, table = el('table'), head = el('tr');
    if (!team.length) return [el('p', '', w('noteam'))];
    head.append(cell('th', 'col', w('person')), ...team.map(m => cell('th', 'col', pick(m.name), el('small', '', [pick(m.title), m.level ? `${w('band')} ${m.level}` : ''].filter(Boolean).join(' · ')))));
    table.append(el('thead')); table.firstChild.append(head);
    const body = el('tbody');
    /* whom it matters most to know stands first */
    for (const id of here().sort((a, b) => M.people[b].power - M.people[a].power)) {
      const p = M.people[id], tr = el('tr'), name = cell('th', 'row', who(id)); tr.append(name);
      if (M.standings[key][id].uncovered) { const open = el('i', 'open'); open.title = w('open'); open.setAttribute('role', 'img'); open.setAttribute('aria-label', w('open')); name.append(open); }
      for (const m of team) {
        const found = m.covers[id], td = el('td');
        if (found) {
          td.append(el('i', '', '●'.repeat(found[0]) + '○'.repeat(4 - found[0])));
          if (p.level && m.level && Math.abs(p.level - m.level) > 1) { td.className = 'apart'; td.title = w('apart'); }
        }
        tr.append(td);
      }
      body.append(tr);
    }
    table.append(body);
    return [table, el('p', '', w('coverhint'))];
  }
  function tables() { for (const key of visible()) { const box = $('#panel-' + key + ' .grid'); box.className = 'grid ' + S.view; box.replaceChildren(...(S.view === 'power' ? powerTable(key) : teamTable(key))); } }

  /* facts under each panel */
  function pill(id, key) {
    const s = M.standings[key][id], b = el('button', 'pill');
    b.append(el('i', chipClass(s.attitude), signed(s.attitude)), el('span', '', pick(M.people[id].name)));
    b.addEventListener('click', () => select(id));
    return b;
  }
  function row(dl, term, ...content) { if (!content.length) return; dl.append(el('dt', '', term)); const dd = el('dd', content[0].classList.contains('pill') ? 'few' : ''); dd.append(...content); dl.append(dd); }
  function overview(box, key) {
    const by = here().sort((a, b) => M.people[b].power - M.people[a].power), st = M.standings[key], dl = el('dl');
    const take = f => by.filter(f).slice(0, S.lang === 'zh' ? 4 : 3).map(i => pill(i, key));
    const none = () => [el('span', '', '–')];
    const lists = [['for', i => st[i].attitude >= 1], ['against', i => st[i].attitude !== null && st[i].attitude < 0], ['single', i => st[i].single_contact], ['open', i => st[i].uncovered], ['blocks', i => M.people[i].blocks], ['swing', i => st[i].swing]];
    for (const [name, f] of lists) { const found = take(f); if (dl.children.length < 10 && (found.length || name === 'for' || name === 'against')) row(dl, w(name), ...(found.length ? found : none())); }
    box.replaceChildren(dl);
  }
  function facts() {
    for (const key of visible()) {
      const box = $('#panel-' + key + ' .facts'), id = S.picked;
      if (M.plain) { const p = id && M.people[id]; box.replaceChildren(...(p ? [el('h3', '', pick(p.name)), el('div', '', [pick(p.title), pick(p.unit)].filter(Boolean).join(' · '))] : [])); continue; }
      if (!id) { overview(box, key); continue; }
      const p = M.people[id], s = M.standings[key][id], e = s.evidence || {}, head = el('h3'), dl = el('dl');
      head.append(el('i', chipClass(s.attitude), signed(s.attitude)), el('span', '', pick(p.name)), el('small', '', [pick(p.title), pick(p.unit)].filter(Boolean).join(' · ')));
      if (p.blocks) head.append(el('span', 'tag risk', w('blocks')));
      for (const [flag, name, risk] of [['swing', 'swing', 0], ['single_contact', 'single', 1], ['sole', 'sole', 1], ['uncovered', 'open', 1], ['stale', 'stale', 0], ['assumed', 'assumed', 0]]) if (s[flag]) head.append(el('span', 'tag' + (risk ? ' risk' : ''), w(name)));
      row(dl, w('attitude'), el('span', '', attitudeWords(s.attitude) + (s.was ? ` (${w('was')} ${s.was})` : '') + '  ·  ' + '●'.repeat(s.dots || 0) + '○'.repeat(4 - (s.dots || 0)) + '  ' + ((s.owner_names || []).map(pick).join(S.lang === 'zh' ? '、' : ', ') || w('nobody'))));
      row(dl, w('power'), el('span', '', p.power + (p.asserted ? '' : ` (${w('estimated')})`) + (s.last_contact ? ` · ${w('lastcontact')} ${s.last_contact}` : '') + (pick(p.circles) ? ` · ${w('circles')}: ${pick(p.circles)}` : '')));
      const ground = [e.note, [e.source, e.author].filter(Boolean).join(' · '), e.on ? `${w('judged')} ${e.on}` : '', e.confidence ? `${w('confidence')} ${Math.round(e.confidence * 100)}%` : ''].filter(Boolean).join(' · ');
      const route = S.time === today && (M.routes[key] || {})[id], names = list => list.map(i => pick(M.people[i].name));
      if (S.time === today) row(dl, w('way'), el('span', '', route ? `${[pick(route[0]), ...names(route[1])].join(' → ')} · ${Math.round(route[2] * 100)}%${route[3].length ? ` · ${w('cut')}: ${names(route[3]).join(S.lang === 'zh' ? '、' : ', ')}` : ''}` : w('noway')));
      row(dl, w('evidence'), el('span', '', ground || w('nothing')));
      for (const [what, text] of Object.entries(p.private || {})) row(dl, w(what), el('span', '', text));
      box.replaceChildren(head, dl);
    }
  }
  function turn(by) {
    if (!M.steps.length) return;
    S.step = Math.max(0, Math.min(M.steps.length, S.step + by)); S.picked = null; S.role = null;
    if (S.step && (S.view !== 'attitude' || S.time < today)) { S.view = 'attitude'; travel(today); }
    all();
  }
  function select(id) { S.picked = id; facts(); if (tabular()) { const focus = document.activeElement.closest('.panel'), at = focus && [...focus.querySelectorAll('.who')].indexOf(document.activeElement); tables(); if (at >= 0 && focus) focus.querySelectorAll('.who')[at].focus(); } else { draw(); labels(); } }

  /* head, tabs, list */
  const ruler = document.createElement('canvas').getContext('2d');
  /* the longest of several writings that fits its part of the bar */
  function longest(texts, room) { ruler.font = `700 12px ${FONT}`; return texts.find(t => ruler.measureText(t).width <= room) || ''; }
  function bar() {
    const b = $('#bar'), wide = b.clientWidth, says = [];
    b.replaceChildren();
    const shares = M.times[S.time].shares, parts = M.camps.map(c => [c.tone, pick(c.name), pick(c.letter), shares[c.key] || 0]);
    parts.push(['own', w('own'), w('own'), Math.max(0, 1 - parts.reduce((sum, p) => sum + p[3], 0))]);
    for (const [tone, name, letter, share] of parts) {
      const s = el('span', tone === 'own' ? 'own' : 'bg-' + tone), pc = Math.round(share * 100) + '%';
      s.style.width = share * 100 + '%';
      // A Chinese company is known by its first two characters, and nobody by a letter.
      const short = /^[\u3400-\u9fff]{3}/.test(name) ? [`${name.slice(0, 2)} ${pc}`] : [];
      s.textContent = longest([`${name} ${pc}`, ...short, `${letter} ${pc}`, pc, letter], share * wide - 8);
      s.title = `${name} ${pc}`; says.push(s.title); b.append(s);
    }
    b.setAttribute('aria-label', `${w('sharetitle')}: ${says.join(', ')}`); b.title = b.getAttribute('aria-label');
  }
  function heads() {
    for (const c of M.camps) {
      const panel = $('#panel-' + c.key);
      $('.mark', panel).textContent = pick(c.letter);
      const name = pick(c.name);
      $('h2', panel).textContent = M.plain ? w('chart') : S.view === 'difference' ? (c.key === 'us' ? w('wholeads') : `${w('minus')} ${name}`) : c.key === 'us' ? w('ours') : name;
      panel.setAttribute('aria-label', name);
      const counts = new Map([[-2, 0], [-1, 0], [0, 0], [1, 0], [2, 0], [3, 0], [null, 0]]);
      const people = here();
      for (const id of people) { const a = M.standings[c.key][id].attitude; counts.set(a === undefined ? null : a, counts.get(a === undefined ? null : a) + 1); }
      const mix = $('.mix', panel); mix.replaceChildren(); if (M.plain || S.view === 'difference') continue;
      for (const [a, count] of counts) if (count) { const i = el('i', a === null ? 'hatch' : 'bg' + a, count / people.length > .08 ? signed(a) : ''); i.style.flex = count; i.title = `${attitudeWords(a)}: ${count}`; mix.append(i); }
    }
  }
  function tabs() {
    const nav = $('#tabs'), rivals = M.camps.slice(1), single = narrow.matches || S.mode === 'one';
    nav.hidden = S.view === 'list' || !(single ? M.camps.length > 1 : rivals.length > 2);
    nav.replaceChildren();
    for (const c of single ? M.camps : rivals) {
      const b = el('button', 'tone-' + c.tone); b.append(el('span', 'mark', pick(c.letter)), el('span', '', c.key === 'us' ? w('ours') : pick(c.name)));
      b.setAttribute('aria-pressed', String(single ? S.tab === c.key : S.pair.includes(c.key)));
      b.addEventListener('click', () => { if (single) S.tab = c.key; else if (!S.pair.includes(c.key)) S.pair = [S.pair[1] || S.pair[0], c.key]; all(); });
      nav.append(b);
    }
  }
  function list() {
    const head = $('#list thead'), body = $('#list tbody'), want = $('#find').value.trim().toLowerCase();
    const tr = el('tr'); for (const t of [w('name'), w('title'), w('unit'), w('band'), ...(M.plain ? [] : [w('roles'), w('power'), ...M.camps.map(c => pick(c.name))])]) { const th = el('th', '', t); th.scope = 'col'; tr.append(th); }
    head.replaceChildren(tr); body.replaceChildren();
    for (const id of here()) {
      const p = M.people[id];
      if (want && !JSON.stringify([p.name, p.title, p.unit]).toLowerCase().includes(want)) continue;
      const r = el('tr');
      for (const t of [pick(p.name), pick(p.title), pick(p.unit), p.level ?? '', ...(M.plain ? [] : [p.roles.map(x => pick(M.roles[x])).join(S.lang === 'zh' ? '、' : ', '), (p.asserted ? '' : '≈') + p.power])]) r.append(el('td', '', String(t)));
      for (const c of M.plain ? [] : M.camps) { const td = el('td'), a = M.standings[c.key][id].attitude; td.append(el('i', chipClass(a), signed(a)), ' ', (M.standings[c.key][id].owner_names || []).map(pick).join(S.lang === 'zh' ? '、' : ', ')); r.append(td); }
      body.append(r);
    }
  }
  function words() {
    root.lang = S.lang === 'zh' ? 'zh-CN' : 'en';
    for (const e of $$('[data-w]')) e.textContent = w(e.dataset.w);
    for (const e of $$('[data-a]')) e.setAttribute('aria-label', w(e.dataset.a));
    for (const e of $$('[data-zh]')) e.textContent = S.lang === 'zh' ? e.dataset.zh : e.dataset.en;
    const gap = S.view === 'difference';
    for (const e of $$('[data-att]')) {
      const a = +e.dataset.att;
      e.previousElementSibling.textContent = gap ? (a ? (a > 0 ? '▲' : '▼') + Math.abs(a) + (a === -2 || a === 3 ? '+' : '') : '=') : signed(a);
      e.textContent = gap ? (a === -2 ? w('behind') : a === 0 ? w('level') : a === 3 ? w('ahead') : '') : pick(M.attitudes[a]);
    }
    $('[data-t=title]').textContent = pick(M.title); if (M.steps.length) { $('#step').textContent = `${S.step} / ${M.steps.length}`; for (const b of $$('[data-step]')) b.disabled = S.step + +b.dataset.step < 0 || S.step + +b.dataset.step > M.steps.length; }
    $('#sentence').textContent = S.step ? pick(step().t) : S.time < today ? `${w('back')} ${M.times[S.time].day}` : pick(M.headline);
    document.title = `${pick(M.title)} · ${w(M.plain ? 'chart' : 'map')}`;
  }
  function all() {
    const keys = visible();
    for (const c of M.camps) $('#panel-' + c.key).hidden = !keys.includes(c.key);
    $('#list').hidden = S.view !== 'list'; $('#panels').hidden = S.view === 'list';
    $('#zoom').hidden = S.view === 'list' || tabular();
    for (const b of $$('[data-view]')) b.setAttribute('aria-pressed', String(b.dataset.view === S.view));
    for (const b of $$('[data-mode]')) b.setAttribute('aria-pressed', String(b.dataset.mode === S.mode));
    for (const b of $$('[data-role]')) b.setAttribute('aria-pressed', String(b.dataset.role === S.role));
    $('#count').textContent = here().length; $('#when').textContent = M.times[S.time].day; $('#time').value = S.time; $('#time').setAttribute('aria-valuetext', M.times[S.time].day);
    words(); bar(); heads(); tabs(); list();
    if (S.view === 'list') return;
    size(); if (tabular()) { tables(); facts(); return; }
    for (const key of keys) { make(key); nets[key].setSize('100%', '100%'); } fit(); labels(); facts(); draw();
  }

  /* keys: arrows go to the nearest person that way, ] to the next supplier, Esc clears */
  addEventListener('keydown', e => {
    if (e.target.tagName === 'INPUT' || S.view === 'list') return;
    const at = S.picked;
    if (e.key === 'Escape') { S.role = null; S.step = 0; select(null); all(); return; }
    if (e.key === '.' || e.key === ',') { turn(e.key === '.' ? 1 : -1); return; }
    if ((e.key === ']' || e.key === '[') && !tabular()) {
      const keys = M.camps.map(c => c.key), step = e.key === ']' ? 1 : keys.length - 1;
      if (narrow.matches || S.mode === 'one') { S.tab = keys[(keys.indexOf(S.tab) + step) % keys.length]; all(); }
      else { const panels = visible(), now = panels.findIndex(k => $('#panel-' + k).contains(document.activeElement)), next = panels[(now + step) % panels.length]; $(`#panel-${next} .over [data-id="${at || here()[0]}"]`).focus(); }
      return;
    }
    const dir = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[e.key];
    if (!dir || tabular()) return;
    e.preventDefault();
    if (!at) { select(here()[0]); return; }
    const p = M.people[at]; let best = null, score = Infinity;
    for (const id of here()) {
      const q = M.people[id], dx = q.x - p.x, dy = q.y - p.y, along = dx * dir[0] + dy * dir[1], off = Math.abs(dx * dir[1]) + Math.abs(dy * dir[0]);
      if (along > 4 && along + 2 * off < score) { score = along + 2 * off; best = id; }
    }
    if (best) select(best);
  });
  for (const b of $$('[data-step]')) b.addEventListener('click', () => turn(+b.dataset.step));
  for (const b of $$('[data-view]')) b.addEventListener('click', () => { S.view = b.dataset.view; if (S.view === 'difference') travel(today); all(); });
  for (const b of $$('[data-mode]')) b.addEventListener('click', () => { S.mode = b.dataset.mode; all(); });
  for (const b of $$('[data-role]')) b.addEventListener('click', () => { S.role = S.role === b.dataset.role ? null : b.dataset.role; S.picked = null; all(); });
  for (const b of $$('[data-zoom]')) b.addEventListener('click', () => { if (b.dataset.zoom === 'fit') fit(); else { view.scale *= b.dataset.zoom === 'in' ? 1.3 : 1 / 1.3; move(); } });
  $('#time').addEventListener('input', e => { travel(+e.target.value); all(); });
  $('#find').addEventListener('input', list);
  $('#lang').addEventListener('click', () => { S.lang = S.lang === 'zh' ? 'en' : 'zh'; all(); });
  $('#theme').addEventListener('click', () => theme(root.dataset.theme !== 'dark'));
  $('#print').addEventListener('click', () => print());
  $('#twins').classList.add('n' + Math.min(3, M.camps.length));
  let timer; addEventListener('resize', () => { clearTimeout(timer); timer = setTimeout(all, 60); });
  if (M.one) S.mode = 'one';
  root.dataset.theme = matchMedia('(prefers-color-scheme:dark)').matches ? 'dark' : 'light';
  readTheme(); all();
  window.__pm = {ready: true, nets, S, M, select, turn};
})();
