// Agreement over time: <div data-agreement='{"points":[[seconds…],[value…],[low…],[high…]]}'>, drawn by uPlot in the theme's colours.
(() => {
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const RELY_ON = 0.8;

  function draw(host) {
    const [starts, values, lows, highs] = JSON.parse(host.dataset.agreement).points;
    host.replaceChildren();
    const axis = { stroke: token("--bs-muted"), grid: { stroke: token("--bs-border"), width: 1 }, ticks: { show: false } };
    const day = (seconds) => new Date(seconds * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
    const colour = token("--bs-chart-high");
    const least = Math.min(0, ...values, ...lows.filter((low) => low !== null));
    const around = Math.max(86400, (starts.at(-1) - starts[0]) * 0.05);
    const options = {
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true, range: (_, min, max) => [min - around, max + around] }, y: { range: () => [least, 1.02] } },
      axes: [
        { ...axis, grid: { show: false }, space: 64, values: (_, splits) => splits.map((at, i) => (i && day(at) === day(splits[i - 1]) ? "" : day(at))) },
        { ...axis, size: 40 },
      ],
      bands: [{ series: [4, 3], fill: `color-mix(in srgb, ${colour} 22%, transparent)` }],
      series: [
        {},
        { label: "rely on", stroke: token("--bs-chart-rest"), width: 1, dash: [4, 4], points: { show: false } },
        { label: "alpha", stroke: colour, width: 2, points: { show: true, size: 7, fill: colour } },
        { label: "low", width: 0, points: { show: false } },
        { label: "high", width: 0, points: { show: false } },
      ],
    };
    new uPlot(options, [starts, starts.map(() => RELY_ON), values, lows, highs], host);
  }

  function drawAll() {
    for (const host of document.querySelectorAll("[data-agreement]")) draw(host);
  }

  let width = 0;
  drawAll();
  document.addEventListener("bs:theme", drawAll);
  // a part that came later brings charts of both kinds; each kind listens to this
  document.addEventListener("htmx:afterSettle", () => document.dispatchEvent(new Event("bs:theme")));
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    requestAnimationFrame(drawAll);
  });
})();
