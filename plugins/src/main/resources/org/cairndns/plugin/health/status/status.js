// Draws the page anew every five seconds, and tells the values under the pointer. The page is whole without it.
'use strict';

const EVERY_MS = 5000;
let fetchedAt = Date.now();

async function refresh() {
  if (document.hidden || isHeld()) {
    return;
  }
  try {
    const response = await fetch('status', { cache: 'no-store', signal: AbortSignal.timeout(EVERY_MS) });
    if (!response.ok) {
      throw new Error(response.status);
    }
    show(new DOMParser().parseFromString(await response.text(), 'text/html'));
    fetchedAt = Date.now();
  } catch (failure) {
    // The page grows old, which tellAge says.
  }
}

function show(next) {
  const before = document.getElementById('status');
  const after = next.getElementById('status');
  if (!after) {
    return;
  }
  for (const details of before.querySelectorAll('details[open]')) {
    after.querySelector('#' + details.id)?.setAttribute('open', '');
  }
  const focused = document.activeElement?.getAttribute('href');
  before.replaceWith(after);
  if (focused) {
    after.querySelector('[href="' + CSS.escape(focused) + '"]')?.focus({ preventScroll: true });
  }
  document.title = next.title;
}

function isHeld() {
  return String(getSelection()) || document.querySelector('.pointer.on');
}

function tellAge() {
  const seconds = Math.round((Date.now() - fetchedAt) / 1000);
  const late = seconds > 3 * EVERY_MS / 1000;
  document.documentElement.classList.toggle('late', late);
  document.getElementById('fresh').textContent =
    !late ? 'Drawn anew every 5 s. '
      : isHeld() ? 'From ' + seconds + ' s ago: not drawn anew while text is selected or a value shown. '
        : 'No answer for ' + seconds + ' s: what is shown is from then. ';
}

function point(event) {
  const drawing = event.target.closest?.('svg[data-readings]');
  if (!drawing) {
    return;
  }
  const box = drawing.getBoundingClientRect();
  const x = (event.clientX - box.left) / box.width * drawing.viewBox.baseVal.width;
  let nearest = null;
  for (const reading of drawing.dataset.readings.split('|').filter(Boolean)) {
    const place = parseFloat(reading);
    if (!nearest || Math.abs(place - x) < Math.abs(nearest.place - x)) {
      nearest = { place, text: reading.slice(reading.indexOf(';') + 1) };
    }
  }
  if (nearest) {
    const pointer = drawing.querySelector('.pointer');
    pointer.setAttribute('x1', nearest.place);
    pointer.setAttribute('x2', nearest.place);
    pointer.classList.add('on');
    const readout = drawing.closest('figure').querySelector('.readout');
    readout.dataset.usual ??= readout.textContent;
    readout.textContent = nearest.text;
  }
}

function leave(event) {
  const drawing = event.target.closest?.('svg[data-readings]');
  if (drawing && !drawing.contains(event.relatedTarget)) {
    drawing.querySelector('.pointer').classList.remove('on');
    const readout = drawing.closest('figure').querySelector('.readout');
    readout.textContent = readout.dataset.usual ?? readout.textContent;
  }
}

document.addEventListener('pointermove', point);
document.addEventListener('pointerout', leave);
document.addEventListener('visibilitychange', refresh);
setInterval(refresh, EVERY_MS);
setInterval(tellAge, 1000);
tellAge();
