// Gradio's client loses an event that it sends while the server is already closing its stream of messages: the page would wait for ever.
// Between the two, this keeps the stream going where an event is still to be completed.
(() => {
  "use strict";
  const fetched = window.fetch.bind(window);
  const open = new Set(); // events that the server has taken and not completed
  const done = new Set(); // events completed before their number was known here
  let sending = 0;

  async function join(...request) {
    sending++;
    try {
      const response = await fetched(...request);
      const { event_id: event } = await response.clone().json().catch(() => ({}));
      if (event && !done.delete(event)) open.add(event);
      return response;
    } finally {
      sending--;
    }
  }

  /** The messages of a response, each with its line of data as it came. */
  async function* messages(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { done: ended, value } = await reader.read();
      if (ended) return;
      const lines = (rest + value).split("\n\n");
      rest = lines.pop();
      for (const line of lines) yield [line, JSON.parse(line.replace(/^data:/, ""))];
    }
  }

  async function* kept(response, again) {
    const encoder = new TextEncoder();
    for (let closed = true; closed; response = closed && (await again())) {
      closed = false;
      for await (const [line, message] of messages(response)) {
        if (message.msg === "process_completed" && !open.delete(message.event_id)) done.add(message.event_id);
        closed = message.msg === "close_stream" && open.size + sending > 0;
        if (closed) break;
        yield encoder.encode(`${line}\n\n`);
      }
    }
  }

  async function data(...request) {
    const again = () => fetched(...request);
    const response = await again();
    if (!response.ok) return response;
    const source = kept(response, again);
    const body = new ReadableStream({
      async pull(controller) {
        const { done: ended, value } = await source.next();
        ended ? controller.close() : controller.enqueue(value);
      },
      cancel: () => source.return(),
    });
    return new Response(body, { status: response.status, headers: response.headers });
  }

  window.fetch = (...request) => {
    const { pathname } = new URL(request[0].url ?? request[0], location.href);
    return (pathname.endsWith("/queue/join") ? join : pathname.endsWith("/queue/data") ? data : fetched)(...request);
  };
})();
