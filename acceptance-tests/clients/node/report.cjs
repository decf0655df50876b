// The redaction report in a real browser: one line per check, `ok name` or `FAIL name: reason`.
//
// Arguments: the page, and a JSON file with the texts that it shows and what is replaced in each: [{text, values: [...]}].
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const { pathToFileURL } = require('node:url');

// Its own libraries too, so that a machine without any desktop can run it.
process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
const puppeteer = require('puppeteer-core');

const [, , pagePath, expectedPath] = process.argv;
const url = pathToFileURL(pagePath).href;
const expected = JSON.parse(fs.readFileSync(expectedPath, 'utf8'));
const LEAST_CONTRAST = 4.5; // WCAG 2.2, 1.4.3

const asked = [];
const said = [];

/** Runs in the page: what every mark says, how large it is, and the contrast of its text. */
function readMarks() {
  const luminance = (color) => {
    const [r, g, b] = color
      .match(/[\d.]+/g)
      .map((v) => Number(v) / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll('pre mark')].map((mark) => {
    const label = mark.querySelector('b');
    const value = [...mark.childNodes].filter((node) => node !== label).map((node) => node.textContent).join('');
    const style = getComputedStyle(mark);
    const [light, dark] = [luminance(style.backgroundColor), luminance(style.color)].sort((a, b) => b - a);
    const box = label.getBoundingClientRect();
    return { value, label: label.innerText, width: box.width, height: box.height, contrast: (light + 0.05) / (dark + 0.05) };
  });
}

const checks = {
  async loads_nothing_else(page) {
    assert.deepEqual(asked, [url]);
    assert.deepEqual(said, []);
    assert.equal(await page.evaluate(() => document.scripts.length), 0);
  },
  async warns_first(page) {
    const [warning, firstText] = await page.evaluate(() => [
      document.querySelector('.warning').getBoundingClientRect().bottom,
      document.querySelector('pre').getBoundingClientRect().top,
    ]);
    assert.ok(warning > 0 && warning <= firstText);
  },
  async marks_what_is_replaced(page) {
    const marks = await page.evaluate(readMarks);
    assert.deepEqual(marks.map((mark) => mark.value), expected.flatMap((text) => text.values));
    for (const mark of marks) {
      assert.match(mark.label, /^[A-Z_0-9]+ \d+$/);
      assert.ok(mark.width > 0 && mark.height > 0, `the label of ${mark.label} cannot be seen`);
      assert.ok(mark.contrast >= LEAST_CONTRAST, `${mark.label} has a contrast of ${mark.contrast}`);
    }
  },
  async shows_every_text_whole(page) {
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('pre')].map((pre) => {
        const copy = pre.cloneNode(true);
        copy.querySelectorAll('mark > b').forEach((label) => label.remove());
        return copy.textContent;
      }),
    );
    assert.deepEqual(shown, expected.map((text) => text.text));
  },
  async explains_every_mark(page) {
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll('section tr')]
        .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim()))
        .filter((cells) => cells.length > 0),
    );
    assert.equal(rows.length, expected.flatMap((text) => text.values).length);
    for (const [number, place, type, layer, why] of rows) {
      assert.ok(number && /^\d+:\d+/.test(place) && type && layer && why, `a row says too little about ${number}`);
    }
  },
  async fits_a_narrow_window(page) {
    await page.setViewport({ width: 360, height: 640 });
    const texts = await page.evaluate(() =>
      [...document.querySelectorAll('pre')].map((pre) => pre.scrollWidth - pre.clientWidth),
    );
    assert.deepEqual(texts, texts.map(() => 0));
  },
};

async function main() {
  const chromium = require('@sparticuz/chromium');
  const browser = await puppeteer.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args,
    headless: 'shell',
  });
  let failed = false;
  try {
    const page = await browser.newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('dialog', (dialog) => said.push('a dialog') && dialog.dismiss());
    await page.goto(url);
    // A busy machine may ask before the first frame, when no text is rendered yet.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    for (const [name, check] of Object.entries(checks)) {
      try {
        await check(page);
        console.log(`ok ${name}`);
      } catch (error) {
        failed = true;
        console.log(`FAIL ${name}: ${error.message}`);
      }
    }
  } finally {
    await browser.close();
  }
  process.exitCode = failed ? 1 : 0;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
