import { expect, test } from 'vitest';
import { quantile, readHealth } from './latency';

const TEXT = `# HELP bespoke_http_requests Answered requests.
# TYPE bespoke_http_requests counter
bespoke_http_requests_total{method="GET",route="/api/v1/resumes",status="200"} 90
bespoke_http_requests_total{method="GET",route="/api/v1/resumes",status="503"} 10
# TYPE bespoke_http_request_seconds histogram
bespoke_http_request_seconds_sum{route="/api/v1/resumes"} 1.5
bespoke_http_request_seconds_count{route="/api/v1/resumes"} 100
bespoke_http_request_seconds_bucket{le="0.005",route="/api/v1/resumes"} 0
bespoke_http_request_seconds_bucket{le="0.01",route="/api/v1/resumes"} 50
bespoke_http_request_seconds_bucket{le="0.1",route="/api/v1/resumes"} 95
bespoke_http_request_seconds_bucket{le="+Inf",route="/api/v1/resumes"} 100
bespoke_readings_total{outcome="ready"} 3
bespoke_jobs{state="waiting"} 2
bespoke_resident_memory_bytes 157286400
# EOF
`;

test('the numbers of a server are read', () => {
  const health = readHealth(TEXT);
  expect(health).toMatchObject({ answers: 100, failures: 10, memory: 157286400, readings: { ready: 3 }, waiting: 2 });
  expect(health.latencies).toHaveLength(1);
  expect(health.latencies[0]).toMatchObject({ route: '/api/v1/resumes', answers: 100 });
  expect(health.latencies[0]?.p50).toBeCloseTo(0.01);
  expect(health.latencies[0]?.p95).toBeCloseTo(0.1);
});

test.each([
  [[[0.1, 10], [0.2, 20]], 0.75, 0.15],
  [[[0.1, 0], [Infinity, 4]], 0.5, 0.1],
  [[], 0.5, 0],
] as [[number, number][], number, number][])('%j at %f is %f', (buckets, share, wanted) => expect(quantile(buckets, share)).toBeCloseTo(wanted));

test('what is no such text has no numbers', () => expect(readHealth('<html>')).toMatchObject({ answers: 0, latencies: [] }));
