// The official Node client against a gateway in front of a scripted provider: one line per check, `ok name` or `FAIL name: reason`.
//
// OPENAI_BASE_URL and OPENAI_API_KEY say where; ANTEROOM_LIMITED_URL is a gateway with a low rate.
// The provider does what the last words of a message ask for; see ClientScenes.java.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { OpenAI } = require('openai');
const { zodResponseFormat, zodFunction } = require('openai/helpers/zod');
const { z } = require('zod');

const PHI = JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'phi.json'), 'utf8'));
const MODEL = 'gpt-test';
const Identifiers = z.object({ identifiers: z.array(z.string()) });
const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'find_chart',
      description: 'Finds a chart',
      strict: true,
      parameters: {
        type: 'object',
        properties: { identifiers: { type: 'array', items: { type: 'string' } } },
        required: ['identifiers'],
        additionalProperties: false,
      },
    },
  },
];

const client = new OpenAI({ maxRetries: 0, timeout: 60_000 });
const completions = client.chat.completions;

const ask = (wish) => [
  { role: 'system', content: 'You help a ward. The case: ' + PHI.note },
  { role: 'user', content: `${PHI.note} Please ${wish}.` },
];
const chat = (wish, more = {}) => ({ model: MODEL, messages: ask(wish), patient: PHI.patient, ...more });

function hasOriginals(text) {
  for (const original of PHI.originals) {
    assert.ok(text?.includes(original), `no ${original} in ${text}`);
  }
}

async function raises(kind, call) {
  try {
    await call();
  } catch (error) {
    assert.equal(error.constructor, kind, `${error.constructor.name}: ${error.message}`);
    return error;
  }
  assert.fail(`no ${kind.name}`);
}

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return chunks;
}

const pieces = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');

async function useTool(message) {
  const call = message.tool_calls[0];
  assert.equal(call.function.name, 'find_chart');
  hasOriginals(JSON.parse(call.function.arguments).identifiers.join(' '));
  const result = { role: 'tool', tool_call_id: call.id, content: JSON.stringify({ chart: PHI.note, mrn: 48213907 }) };
  const messages = [...ask('call the tool'), message, result];
  const answer = await completions.create({ model: MODEL, messages, tools: TOOLS, patient: PHI.patient });
  hasOriginals(answer.choices[0].message.content);
}

const checks = {
  async models_list() {
    const ids = (await collect(await client.models.list())).map((model) => model.id);
    assert.deepEqual(ids.sort(), ['extractive', MODEL]);
  },

  async models_retrieve() {
    assert.equal((await client.models.retrieve(MODEL)).id, MODEL);
    await raises(OpenAI.NotFoundError, () => client.models.retrieve('no/such:model'));
  },

  async chat_whole() {
    const answer = await completions.create(chat('echo'));
    hasOriginals(answer.choices[0].message.content);
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.ok(answer.usage.total_tokens > 0);
  },

  async chat_content_parts() {
    const content = [{ type: 'text', text: PHI.note }, { type: 'text', text: ' Please echo.' }];
    const messages = [{ role: 'developer', content: 'Be brief.' }, { role: 'user', content, name: 'Margaret' }];
    const answer = await completions.create({ model: MODEL, messages, patient: PHI.patient });
    hasOriginals(answer.choices[0].message.content);
  },

  async chat_history() {
    const first = await completions.create(chat('echo'));
    const next = { role: 'user', content: PHI.note + ' Please echo again.' };
    const messages = [...ask('echo'), first.choices[0].message, next];
    const second = await completions.create({ model: MODEL, messages, patient: PHI.patient });
    hasOriginals(second.choices[0].message.content);
  },

  async request_id() {
    const answer = await completions.create(chat('echo'));
    assert.match(answer._request_id, /^req_/);
    const { data, response, request_id } = await completions
      .create(chat('echo'), { headers: { 'X-Request-Id': 'case-7' } })
      .withResponse();
    assert.equal(request_id, 'case-7');
    assert.ok(response.headers.get('x-anteroom-trace-id') && response.headers.get('x-anteroom-snapshot'));
    hasOriginals(data.choices[0].message.content);
  },

  async stream_raw() {
    const chunks = await collect(await completions.create(chat('echo', { stream: true })));
    assert.ok(chunks.every((chunk) => chunk.choices.length > 0));
    assert.equal(chunks[0].choices[0].delta.role, 'assistant');
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
    assert.ok(chunks.length > 10, 'the stream came in one piece');
    hasOriginals(pieces(chunks));
  },

  async stream_usage() {
    const request = chat('echo', { stream: true, stream_options: { include_usage: true } });
    const chunks = await collect(await completions.create(request));
    assert.deepEqual(chunks.at(-1).choices, []);
    assert.ok(chunks.at(-1).usage.total_tokens > 0);
    hasOriginals(pieces(chunks));
  },

  async stream_helper() {
    let deltas = '';
    const stream = completions.stream(chat('echo')).on('content', (delta) => (deltas += delta));
    const final = await stream.finalChatCompletion();
    hasOriginals(deltas);
    assert.equal(final.choices[0].message.content, deltas);
  },

  async tool_call_and_history() {
    const answer = await completions.create(chat('call the tool', { tools: TOOLS }));
    assert.equal(answer.choices[0].finish_reason, 'tool_calls');
    await useTool(answer.choices[0].message);
  },

  async tool_call_helper() {
    const tool = zodFunction({ name: 'find_chart', parameters: Identifiers });
    const answer = await completions.parse(chat('call the tool', { tools: [tool] }));
    hasOriginals(answer.choices[0].message.tool_calls[0].function.parsed_arguments.identifiers.join(' '));
    await useTool(answer.choices[0].message);
  },

  async tool_runner() {
    let seen = '';
    const tool = {
      type: 'function',
      function: {
        ...TOOLS[0].function,
        parse: JSON.parse,
        function: ({ identifiers }) => {
          seen = identifiers.join(' ');
          return { chart: PHI.note };
        },
      },
    };
    for (const stream of [false, true]) {
      seen = '';
      const runner = completions.runTools(chat('call the tool', { tools: [tool], stream }));
      hasOriginals(await runner.finalContent());
      hasOriginals(seen);
    }
  },

  async tool_call_stream_helper() {
    const final = await completions.stream(chat('call the tool', { tools: TOOLS })).finalChatCompletion();
    await useTool(final.choices[0].message);
  },

  async structured_output() {
    const request = chat('list the identifiers', { response_format: zodResponseFormat(Identifiers, 'identifiers') });
    const answer = await completions.parse(request);
    hasOriginals(answer.choices[0].message.parsed.identifiers.join(' '));
  },

  async structured_output_stream() {
    const request = chat('list the identifiers', { response_format: zodResponseFormat(Identifiers, 'identifiers') });
    const final = await completions.stream(request).finalChatCompletion();
    hasOriginals(final.choices[0].message.parsed.identifiers.join(' '));
  },

  async structured_output_history() {
    const request = chat('list the identifiers', { response_format: zodResponseFormat(Identifiers, 'identifiers') });
    const first = await completions.parse(request);
    const messages = [...request.messages, first.choices[0].message, { role: 'user', content: 'Please echo.' }];
    await completions.create({ model: MODEL, messages, patient: PHI.patient });
  },

  async refusal() {
    const answer = await completions.create(chat('refuse'));
    hasOriginals(answer.choices[0].message.refusal);
  },

  async wrong_key_is_an_authentication_error() {
    const stranger = client.withOptions({ apiKey: 'sk-anteroom-nobody' });
    const error = await raises(OpenAI.AuthenticationError, () => stranger.chat.completions.create(chat('echo')));
    assert.equal(error.code, 'invalid_api_key');
    assert.ok(error.requestID);
  },

  async unknown_model_is_a_not_found_error() {
    const error = await raises(OpenAI.NotFoundError, () => completions.create(chat('echo', { model: 'no-such-model' })));
    assert.equal(error.code, 'model_not_found');
    assert.ok(error.requestID);
  },

  async unknown_path_is_a_not_found_error() {
    await raises(OpenAI.NotFoundError, () => client.files.list());
  },

  async refused_parameter_is_a_bad_request_error() {
    const error = await raises(OpenAI.BadRequestError, () => completions.create(chat('echo', { logit_bias: { 42: 1 } })));
    assert.match(error.param, /logit_bias/);
    assert.ok(error.requestID && error.error.trace_id);
  },

  async unknown_parameter_is_a_bad_request_error() {
    const error = await raises(OpenAI.BadRequestError, () =>
      completions.create(chat('echo', { shadow_copy: PHI.note, stream: true })),
    );
    assert.equal(error.code, 'unsupported_parameter');
    assert.match(error.param, /shadow_copy/);
    assert.ok(!PHI.originals.some((original) => error.message.includes(original)));
  },

  async used_up_rate_is_a_rate_limit_error() {
    const limited = client.withOptions({ baseURL: process.env.ANTEROOM_LIMITED_URL });
    const error = await raises(OpenAI.RateLimitError, async () => {
      for (let i = 0; i < 20; i++) {
        await limited.chat.completions.create(chat('echo', { model: 'extractive' }));
      }
    });
    assert.equal(error.code, 'rate_limit_exceeded');
    const seconds = Number(error.headers.get('retry-after'));
    assert.ok(seconds > 0 && seconds <= 60, String(seconds));
  },

  async error_in_a_stream_is_an_api_error() {
    await raises(OpenAI.APIError, async () => collect(await completions.create(chat('fail halfway', { stream: true }))));
  },

  async error_in_a_helped_stream_is_an_api_error() {
    const error = await completions
      .stream(chat('fail halfway'))
      .finalChatCompletion()
      .then(() => assert.fail('no error'), (raised) => raised);
    assert.ok(error instanceof OpenAI.OpenAIError || error instanceof OpenAI.APIError, error.constructor.name);
  },

  async stream_without_finish_is_an_api_error() {
    await raises(OpenAI.APIError, async () => collect(await completions.create(chat('end early', { stream: true }))));
  },

  async cut_stream_is_an_api_error() {
    await raises(OpenAI.APIError, async () => collect(await completions.create(chat('hang up', { stream: true }))));
  },

  async failing_provider_is_an_internal_server_error() {
    const error = await raises(OpenAI.InternalServerError, () => completions.create(chat('break down')));
    assert.equal(error.status, 502);
    assert.equal(error.headers.get('x-should-retry'), 'false');
  },

  async abort() {
    const stream = await completions.create(chat('talk slowly', { stream: true }));
    let count = 0;
    for await (const chunk of stream) {
      if (++count === 3) {
        stream.controller.abort();
      }
    }
    assert.ok(count >= 3 && count < 100, `${count} chunks`);
  },
};

(async () => {
  let failed = 0;
  for (const [name, run] of Object.entries(checks)) {
    try {
      await run();
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}: ${String(error?.message ?? error).replaceAll('\n', ' ')}`);
    }
  }
  process.exitCode = failed ? 1 : 0;
})();
