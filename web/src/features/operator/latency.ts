// Reads what the server says in the text format of OpenMetrics: how long its answers take, and how many failed.
export type Latency = { route: string; answers: number; p50: number; p95: number };
export type Health = { latencies: Latency[]; answers: number; failures: number; memory: number | null; readings: Record<string, number>; waiting: number };

const LINE = /^(\w+)(?:\{([^}]*)\})?\s+([0-9.eE+-]+|NaN)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

type Sample = { name: string; labels: Record<string, string>; value: number };

function samplesOf(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, inside = '', value] = LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    const labels = Object.fromEntries([...inside.matchAll(LABEL)].map(([, label = '', said = '']) => [label, said]));
    return [{ name, labels, value: Number(value) }];
  });
}

/** The value under which a share of a histogram lies, in seconds; straight lines are drawn within its buckets, as Prometheus does. */
export function quantile(buckets: [most: number, n: number][], share: number): number {
  const sorted = [...buckets].sort((a, b) => a[0] - b[0]);
  const all = sorted.at(-1)?.[1] ?? 0;
  if (all === 0) return 0;
  const wanted = share * all;
  let [from, before] = [0, 0];
  for (const [most, n] of sorted) {
    if (n >= wanted) return most === Infinity ? from : from + (most - from) * ((wanted - before) / Math.max(1, n - before));
    [from, before] = [most, n];
  }
  return from;
}

export function readHealth(text: string): Health {
  const samples = samplesOf(text);
  const of = (name: string) => samples.filter((sample) => sample.name === name);
  const routes = new Map<string, [number, number][]>();
  for (const { labels, value } of of('bespoke_http_request_seconds_bucket')) {
    const route = labels['route'] ?? '';
    routes.set(route, [...(routes.get(route) ?? []), [labels['le'] === '+Inf' ? Infinity : Number(labels['le']), value]]);
  }
  const latencies = [...routes].map(([route, buckets]) => ({
    route,
    answers: Math.max(...buckets.map(([, n]) => n)),
    p50: quantile(buckets, 0.5),
    p95: quantile(buckets, 0.95),
  }));
  const requests = of('bespoke_http_requests_total');
  const sum = (some: Sample[]) => some.reduce((all, { value }) => all + value, 0);
  return {
    latencies: latencies.sort((a, b) => b.answers - a.answers),
    answers: sum(requests),
    failures: sum(requests.filter(({ labels }) => labels['status']?.startsWith('5'))),
    memory: of('bespoke_resident_memory_bytes')[0]?.value ?? null,
    readings: Object.fromEntries(of('bespoke_readings_total').map(({ labels, value }) => [labels['outcome'] ?? '', value])),
    waiting: sum(of('bespoke_jobs').filter(({ labels }) => labels['state'] === 'waiting')),
  };
}
