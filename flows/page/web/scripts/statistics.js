// Ranks and bins. Pure: numbers in, numbers out; null is no number and is never counted.

const MOST_WEEKS = 20;
const BELOW_ZERO = -Number.MIN_VALUE;

// 1 for the highest value; ties share a rank, as in the view indicator_comparisons.
export function rankOf(value, values) {
  let higher = 0;
  for (const other of values) if (other !== null && other > value) higher += 1;
  return higher + 1;
}

// Bins of a histogram: [{above, upTo, count}], above < value <= upTo. The first bin of what cannot
// be below zero, or is there below zero, has no lower bound: its `above` is null.
export function binsOf(values, kind) {
  if (!values.length) return [];
  const bounds = boundsOf(kind, ...rangeOf(values));
  const first = kind === "days" ? bounds[0] - (bounds[1] - bounds[0]) : null;
  const bins = bounds.map((upTo, place) => ({ above: bounds[place - 1] ?? first, upTo, count: 0 }));
  for (const value of values) bins.find((bin) => value <= bin.upTo).count += 1;
  return bins;
}

export function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function boundsOf(kind, low, high) {
  if (kind === "share") return tenths(high);
  return kind === "days" ? weekly(low, high) : growing(low, high);
}

// None, and each tenth up to all. A report whose sums are broken may have more than all.
function tenths(high) {
  const bounds = Array.from({ length: 11 }, (_, tenth) => tenth / 10);
  return high > 1 ? [...bounds, high] : bounds;
}

// Whole weeks before and after the last day in time, which is day 0 and ends a week.
function weekly(low, high) {
  const step = 7 * Math.max(1, Math.ceil((high - low) / 7 / MOST_WEEKS));
  const bounds = [Math.ceil(low / step) * step];
  while (bounds.at(-1) < high) bounds.push(bounds.at(-1) + step);
  return bounds;
}

// 0, 1, 2, 5, 10, 20 …: most townships report nothing or little, and a few very much.
function growing(low, high) {
  const bounds = low < 0 ? [BELOW_ZERO, 0] : [0];
  let next = 1;
  while (bounds.at(-1) < high) {
    bounds.push(next);
    next *= String(next).startsWith("2") ? 2.5 : 2;
  }
  return bounds;
}
