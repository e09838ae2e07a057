/** How long a sender is listened to that goes on after its answer. */

import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, test, vi } from "vitest";
import { closeStream, linger } from "../../../../pkg/src/hosts/node/linger.js";
import type { NodeRequest } from "../../../../pkg/src/hosts/node/streams.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const resume = vi.fn();
  const incoming = Object.assign(new EventEmitter(), { resume });
  return { incoming: incoming as unknown as EventEmitter & NodeRequest, resume };
}

test("a sender that goes on is cut off after 5 seconds", () => {
  const { incoming, resume } = open();
  const end = vi.fn();
  linger(incoming, end);
  assert.equal(resume.mock.calls.length, 1);
  vi.advanceTimersByTime(4_999);
  assert.equal(end.mock.calls.length, 0);
  vi.advanceTimersByTime(1);
  assert.equal(end.mock.calls.length, 1);
});

for (const event of ["end", "close"]) {
  test(`after ${event}, the answer ends at once, and only once`, () => {
    const { incoming } = open();
    const end = vi.fn();
    linger(incoming, end);
    incoming.emit(event);
    assert.equal(end.mock.calls.length, 1);
    assert.equal(vi.getTimerCount(), 0);
    incoming.emit("end");
    incoming.emit("close");
    vi.advanceTimersByTime(5_000);
    assert.equal(end.mock.calls.length, 1);
  });
}

test("a stream of HTTP/2 is closed after 5 seconds, unless it has closed before", () => {
  for (const closes of [false, true]) {
    const { incoming } = open();
    const close = vi.fn();
    closeStream(incoming, { stream: { close } });
    vi.advanceTimersByTime(4_999);
    if (closes) {
      incoming.emit("close");
    }
    assert.equal(close.mock.calls.length, 0);
    vi.advanceTimersByTime(1);
    assert.equal(close.mock.calls.length, closes ? 0 : 1);
  }
});
