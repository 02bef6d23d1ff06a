// Comments over time: <div data-chart='{"step":3600,"starts":[…],"high":[…],"rest":[…]}'>, drawn by uPlot in the theme's colours.
(() => {
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function draw(host) {
    const { step, starts, high, rest } = JSON.parse(host.dataset.chart);
    const all = high.map((count, i) => count + rest[i]);
    host.replaceChildren();
    const axis = { stroke: token("--bs-muted"), grid: { stroke: token("--bs-border"), width: 1 }, ticks: { show: false } };
    const label = (seconds) => {
      const at = new Date(seconds * 1000);
      const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
      const midnight = at.getHours() === 0 && at.getMinutes() === 0;
      return midnight || step >= 86400 ? day : at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    };
    const bars = uPlot.paths.bars({ size: [0.7, 48] });
    const options = {
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true, range: (_, min, max) => [min - step * 0.6, max + step * 0.6] }, y: { range: (_, __, max) => [0, Math.max(4, Math.ceil(max * 1.1))] } },
      axes: [
        { ...axis, grid: { show: false }, space: 64, values: (_, splits) => splits.map(label) },
        { ...axis, size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] },
      ],
      series: [
        {},
        { label: "All", width: 0, fill: token("--bs-chart-rest"), paths: bars, points: { show: false } },
        { label: "Close to buying", width: 0, fill: token("--bs-chart-high"), paths: bars, points: { show: false } },
      ],
    };
    new uPlot(options, [starts, all, high], host);
  }

  function drawAll() {
    for (const host of document.querySelectorAll("[data-chart]")) draw(host);
  }

  let width = 0;
  drawAll();
  document.addEventListener("bs:theme", drawAll);
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    requestAnimationFrame(drawAll);
  });
})();
