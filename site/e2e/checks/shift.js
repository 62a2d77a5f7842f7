// How far things moved by themselves since the page began to load, as browsers count it.
async () => {
  const twoFrames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  await document.fonts.ready;
  await twoFrames();
  let sum = 0;
  const where = [];
  const add = (list) => {
    for (const entry of list.getEntries().filter((one) => !one.hadRecentInput)) {
      sum += entry.value;
      where.push(...entry.sources.map((source) => source.node?.nodeName));
    }
  };
  const observer = new PerformanceObserver(add);
  observer.observe({ type: "layout-shift", buffered: true });
  await twoFrames();
  observer.disconnect();
  return sum < 0.01 ? [] : [`the layout moved by ${sum.toFixed(4)}: ${where.join(", ")}`];
}
