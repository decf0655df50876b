"""The official Python client against a gateway in front of a scripted provider: one line per check, `ok name` or `FAIL name: reason`.

OPENAI_BASE_URL and OPENAI_API_KEY say where; ANTEROOM_LIMITED_URL is a gateway with a low rate.
The provider does what the last words of a message ask for; see ClientScenes.java.
"""

import asyncio
import json
import os
import pathlib
import sys

import openai
import pydantic

PHI = json.loads((pathlib.Path(__file__).parent.parent / "phi.json").read_text(encoding="utf-8"))
MODEL = "gpt-test"
BODY = {"patient": PHI["patient"]}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "find_chart",
            "description": "Finds a chart",
            "strict": True,
            "parameters": {
                "type": "object",
                "properties": {"identifiers": {"type": "array", "items": {"type": "string"}}},
                "required": ["identifiers"],
                "additionalProperties": False,
            },
        },
    }
]

client = openai.OpenAI(max_retries=0, timeout=60)
CHECKS = []


class Identifiers(pydantic.BaseModel):
    identifiers: list[str]


def check(function):
    CHECKS.append(function)
    return function


def ask(wish):
    return [
        {"role": "system", "content": "You help a ward. The case: " + PHI["note"]},
        {"role": "user", "content": PHI["note"] + " Please " + wish + "."},
    ]


def chat(wish, **more):
    return {"model": MODEL, "messages": ask(wish), "extra_body": BODY, **more}


def has_originals(text):
    for original in PHI["originals"]:
        assert original in text, f"no {original!r} in {text!r}"


def raises(kind, call):
    try:
        call()
    except kind as error:
        assert type(error) is kind, f"a {type(error).__name__} is no {kind.__name__}"
        return error
    raise AssertionError(f"no {kind.__name__}")


def pieces(stream):
    return "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)


@check
def models_list():
    assert {model.id for model in client.models.list()} == {"extractive", MODEL}


@check
def models_retrieve():
    assert client.models.retrieve(MODEL).id == MODEL
    raises(openai.NotFoundError, lambda: client.models.retrieve("no/such:model"))


@check
def chat_whole():
    answer = client.chat.completions.create(**chat("echo"))
    has_originals(answer.choices[0].message.content)
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens > 0


@check
def chat_content_parts():
    parts = [{"type": "text", "text": PHI["note"]}, {"type": "text", "text": " Please echo."}]
    messages = [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": parts, "name": "Margaret"}]
    answer = client.chat.completions.create(model=MODEL, messages=messages, extra_body=BODY)
    has_originals(answer.choices[0].message.content)


@check
def chat_history():
    first = client.chat.completions.create(**chat("echo"))
    messages = [*ask("echo"), first.choices[0].message, {"role": "user", "content": PHI["note"] + " Please echo again."}]
    second = client.chat.completions.create(model=MODEL, messages=messages, extra_body=BODY)
    has_originals(second.choices[0].message.content)


@check
def chat_with_everything_apps_set():
    answer = client.chat.completions.create(
        **chat(
            "echo",
            temperature=0.2,
            top_p=0.9,
            max_tokens=500,
            max_completion_tokens=500,
            seed=-9007199254740991,
            presence_penalty=0.1,
            frequency_penalty=0.1,
            n=2,
            user="Margaret Ellison",
            metadata={"mrn": "48213907"},
            safety_identifier="536-22-8147",
            prompt_cache_key="48213907",
            logprobs=False,
            store=False,
            service_tier="auto",
        )
    )
    assert len(answer.choices) == 2
    for choice in answer.choices:
        has_originals(choice.message.content)


@check
def request_id():
    answer = client.chat.completions.create(**chat("echo"))
    assert answer._request_id and answer._request_id.startswith("req_")
    raw = client.chat.completions.with_raw_response.create(**chat("echo"), extra_headers={"X-Request-Id": "case-7"})
    assert raw.headers["x-request-id"] == "case-7" and raw.request_id == "case-7"
    assert raw.headers["x-anteroom-trace-id"] and raw.headers["x-anteroom-snapshot"]
    has_originals(raw.parse().choices[0].message.content)


@check
def stream_raw():
    with client.chat.completions.create(**chat("echo", stream=True)) as stream:
        chunks = list(stream)
    assert all(chunk.choices for chunk in chunks), "a chunk without choices that nobody asked for"
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert len({chunk.id for chunk in chunks}) == 1
    assert len(chunks) > 10, "the stream came in one piece"
    has_originals(pieces(chunks))


@check
def stream_usage():
    with client.chat.completions.create(**chat("echo", stream=True, stream_options={"include_usage": True})) as stream:
        chunks = list(stream)
    assert chunks[-1].choices == [] and chunks[-1].usage.total_tokens > 0
    assert all(chunk.usage is None for chunk in chunks[:-1])
    has_originals(pieces(chunks))


@check
def stream_several_choices():
    texts = ["", ""]
    for chunk in client.chat.completions.create(**chat("echo", stream=True, n=2)):
        for choice in chunk.choices:
            texts[choice.index] += choice.delta.content or ""
    for text in texts:
        has_originals(text)


@check
def stream_helper():
    with client.chat.completions.stream(**chat("echo")) as stream:
        deltas = "".join(event.delta for event in stream if event.type == "content.delta")
        final = stream.get_final_completion()
    has_originals(deltas)
    assert final.choices[0].message.content == deltas


def use_tool(message):
    call = message.tool_calls[0]
    assert call.type == "function" and call.function.name == "find_chart"
    has_originals(" ".join(json.loads(call.function.arguments)["identifiers"]))
    result = {"role": "tool", "tool_call_id": call.id, "content": json.dumps({"chart": PHI["note"], "mrn": 48213907})}
    messages = [*ask("call the tool"), message, result]
    answer = client.chat.completions.create(model=MODEL, messages=messages, tools=TOOLS, extra_body=BODY)
    has_originals(answer.choices[0].message.content)
    assert '"mrn": 48213907' in answer.choices[0].message.content.replace('":4', '": 4'), "the number came back changed"


@check
def tool_call_and_history():
    answer = client.chat.completions.create(**chat("call the tool", tools=TOOLS))
    assert answer.choices[0].finish_reason == "tool_calls"
    use_tool(answer.choices[0].message)


@check
def tool_call_history_as_plain_objects():
    answer = client.chat.completions.create(**chat("call the tool", tools=TOOLS, tool_choice="auto"))
    use_tool_dump = answer.choices[0].message.model_dump()
    call_id = use_tool_dump["tool_calls"][0]["id"]
    result = {"role": "tool", "tool_call_id": call_id, "content": [{"type": "text", "text": PHI["note"]}]}
    messages = [*ask("call the tool"), use_tool_dump, result]
    answer = client.chat.completions.create(model=MODEL, messages=messages, tools=TOOLS, extra_body=BODY)
    has_originals(answer.choices[0].message.content)


@check
def tool_call_helper():
    tool = openai.pydantic_function_tool(Identifiers, name="find_chart")
    answer = client.chat.completions.parse(**chat("call the tool", tools=[tool]))
    call = answer.choices[0].message.tool_calls[0]
    has_originals(" ".join(call.function.parsed_arguments.identifiers))
    use_tool(answer.choices[0].message)


@check
def tool_call_stream():
    arguments = ""
    names = []
    for chunk in client.chat.completions.create(**chat("call the tool", tools=TOOLS, stream=True)):
        for call in chunk.choices[0].delta.tool_calls or []:
            names += [call.function.name] if call.function.name else []
            arguments += call.function.arguments or ""
    assert names == ["find_chart"]
    has_originals(" ".join(json.loads(arguments)["identifiers"]))


@check
def tool_call_stream_helper():
    with client.chat.completions.stream(**chat("call the tool", tools=TOOLS)) as stream:
        done = [event for event in stream if event.type == "tool_calls.function.arguments.done"]
        final = stream.get_final_completion()
    has_originals(" ".join(json.loads(done[0].arguments)["identifiers"]))
    use_tool(final.choices[0].message)


@check
def structured_output():
    answer = client.chat.completions.parse(**chat("list the identifiers", response_format=Identifiers))
    has_originals(" ".join(answer.choices[0].message.parsed.identifiers))


@check
def structured_output_stream():
    with client.chat.completions.stream(**chat("list the identifiers", response_format=Identifiers)) as stream:
        final = stream.get_final_completion()
    has_originals(" ".join(final.choices[0].message.parsed.identifiers))


@check
def structured_output_history():
    first = client.chat.completions.parse(**chat("list the identifiers", response_format=Identifiers))
    messages = [*ask("list the identifiers"), first.choices[0].message, {"role": "user", "content": "Please echo."}]
    client.chat.completions.create(model=MODEL, messages=messages, extra_body=BODY)


@check
def refusal():
    answer = client.chat.completions.parse(**chat("refuse", response_format=Identifiers))
    has_originals(answer.choices[0].message.refusal)
    assert answer.choices[0].message.parsed is None


@check
def wrong_key_is_an_authentication_error():
    stranger = client.with_options(api_key="sk-anteroom-nobody")
    error = raises(openai.AuthenticationError, lambda: stranger.chat.completions.create(**chat("echo")))
    assert error.code == "invalid_api_key" and error.request_id
    raises(openai.AuthenticationError, lambda: stranger.models.list())


@check
def unknown_model_is_a_not_found_error():
    request = {**chat("echo"), "model": "no-such-model"}
    error = raises(openai.NotFoundError, lambda: client.chat.completions.create(**request))
    assert error.code == "model_not_found" and error.request_id


@check
def unknown_path_is_a_not_found_error():
    raises(openai.NotFoundError, lambda: client.files.list())


@check
def refused_parameter_is_a_bad_request_error():
    error = raises(openai.BadRequestError, lambda: client.chat.completions.create(**chat("echo", logit_bias={"42": 1})))
    assert error.param and "logit_bias" in error.param and error.request_id and error.body["trace_id"]


@check
def unknown_parameter_is_a_bad_request_error():
    request = {**chat("echo"), "extra_body": {**BODY, "shadow_copy": PHI["note"]}}
    error = raises(openai.BadRequestError, lambda: client.chat.completions.create(**request))
    assert error.code == "unsupported_parameter" and "shadow_copy" in error.param
    assert not any(original in str(error) for original in PHI["originals"]), "the error repeats the value"
    error = raises(openai.BadRequestError, lambda: client.chat.completions.create(**{**request, "stream": True}))
    assert "shadow_copy" in error.param


@check
def used_up_rate_is_a_rate_limit_error():
    limited = client.with_options(base_url=os.environ["ANTEROOM_LIMITED_URL"])

    def until_refused():
        for _ in range(20):
            limited.chat.completions.create(model="extractive", messages=ask("echo"), extra_body=BODY)

    error = raises(openai.RateLimitError, until_refused)
    assert error.code == "rate_limit_exceeded" and error.request_id
    assert 0 < int(error.response.headers["retry-after"]) <= 60


@check
def error_in_a_stream_is_an_api_error():
    raises(openai.APIError, lambda: list(client.chat.completions.create(**chat("fail halfway", stream=True))))


@check
def error_in_a_helped_stream_is_an_api_error():
    def read():
        with client.chat.completions.stream(**chat("fail halfway")) as stream:
            stream.get_final_completion()

    raises(openai.APIError, read)


@check
def stream_without_finish_is_an_api_error():
    raises(openai.APIError, lambda: list(client.chat.completions.create(**chat("end early", stream=True))))


@check
def cut_stream_is_an_api_error():
    raises(openai.APIError, lambda: list(client.chat.completions.create(**chat("hang up", stream=True))))


@check
def failing_provider_is_an_internal_server_error():
    error = raises(openai.InternalServerError, lambda: client.chat.completions.create(**chat("break down")))
    assert error.status_code == 502 and error.response.headers["x-should-retry"] == "false"
    assert not any(original in str(error) for original in PHI["originals"])


@check
def abort():
    stream = client.chat.completions.create(**chat("talk slowly", stream=True))
    for count, _ in enumerate(stream):
        if count == 2:
            break
    stream.close()


@check
def asynchronous():
    async def both():
        async with openai.AsyncOpenAI(max_retries=0, timeout=60) as other:
            whole = await other.chat.completions.create(**chat("echo"))
            has_originals(whole.choices[0].message.content)
            text = ""
            async for chunk in await other.chat.completions.create(**chat("echo", stream=True)):
                text += chunk.choices[0].delta.content or ""
            has_originals(text)
            many = await asyncio.gather(*[other.chat.completions.create(**chat("echo")) for _ in range(20)])
            for answer in many:
                has_originals(answer.choices[0].message.content)

    asyncio.run(both())


def main():
    failed = 0
    for function in CHECKS:
        try:
            function()
            print("ok", function.__name__, flush=True)
        except Exception as error:  # one failed check must not hide the others
            failed += 1
            reason = f"{type(error).__name__}: {error}".replace("\n", " ")
            print(f"FAIL {function.__name__}: {reason}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
