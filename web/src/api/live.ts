// The server's WebSocket: tells how far the reading of each résumé is, and connects again by itself.
import type { Schemas } from './client';
import { inTeam } from '../lib/team';

export type LiveEvent = Schemas['Told'];

type Listener = { onEvent: (event: LiveEvent) => void; onOpen: () => void; /** The server lets this page in no more. */ onShutOut: () => void };

/** The server's code for a page that it lets in no more. */
const SHUT_OUT = 4403;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** Listens until the returned function is called. `onOpen` runs on every connection, also on a renewed one. */
export function listen({ onEvent, onOpen, onShutOut }: Listener): () => void {
  let socket: WebSocket | undefined;
  let timer: number | undefined;
  let wait = FIRST_WAIT_MS;
  let closed = false;
  let last: number | undefined;

  const connect = () => {
    const address = new URL(inTeam('/api/v1/live'), window.location.href);
    // What was told while it was away comes after.
    if (last !== undefined) address.searchParams.set('after', String(last));
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    socket = new WebSocket(address);
    socket.onopen = () => {
      wait = FIRST_WAIT_MS;
      onOpen();
    };
    socket.onmessage = (message) => {
      if (typeof message.data !== 'string') return;
      const event = JSON.parse(message.data) as LiveEvent;
      last = event.seq;
      onEvent(event);
    };
    socket.onclose = ({ code }) => {
      if (closed) return;
      if (code === SHUT_OUT) onShutOut();
      timer = window.setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  connect();

  return () => {
    closed = true;
    window.clearTimeout(timer);
    socket?.close();
  };
}
