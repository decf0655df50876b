package dev.anteroom.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ResponseParserTest {
    private static final String WHOLE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String STREAM = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "content-type: text/event-stream",
            "Transfer-Encoding: chunked",
            "",
            "d;x=1",
            "data: {\"a\":1}",
            "2",
            "\n\n",
            "e",
            "data: [DONE]\n\n",
            "0",
            "t: 1",
            "",
            "");

    @Test
    void feed_anyCut_givesTheSame() {
        for (String message : new String[] {WHOLE, STREAM}) {
            byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
            for (int cut = 1; cut < bytes.length; cut++) {
                ResponseParser parser = new ResponseParser();
                parser.reset();
                assertFalse(parser.feed(part(bytes, 0, cut), 1), "complete at " + cut);
                assertTrue(parser.feed(part(bytes, cut, bytes.length), 2), "incomplete, cut at " + cut);
                assertEquals("", parser.fault());
                assertTrue(parser.keepAlive());
            }
        }
    }

    @Test
    void feed_byteByByte_notesTheFirstBodyByte() {
        ResponseParser parser = new ResponseParser();
        parser.reset();
        byte[] bytes = WHOLE.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            assertEquals(i == bytes.length - 1, parser.feed(part(bytes, i, i + 1), i + 1));
        }
        assertEquals(WHOLE.indexOf("hello") + 1, parser.firstBodyNanos());
    }

    @Test
    void fault_ofBadAnswers_isNamed() {
        assertEquals("status 503", fault("HTTP/1.1 503 X\r\ncontent-length: 0\r\n\r\n"));
        assertEquals("stream without [DONE]", fault(STREAM.replace("[DONE]", "(DONE)")));
        assertEquals("error event", fault(STREAM.replace("d;x=1\r\ndata: {\"a\":1}", "f\r\ndata: {\"error\"}")));
    }

    @Test
    void feed_closeDelimited_endsWithTheConnection() {
        ResponseParser parser = new ResponseParser();
        parser.reset();
        byte[] bytes = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII);
        assertFalse(parser.feed(bytes, 1));
        assertTrue(parser.closed());
        assertFalse(parser.keepAlive());
    }

    private static String fault(String message) {
        ResponseParser parser = new ResponseParser();
        parser.reset();
        assertTrue(parser.feed(message.getBytes(StandardCharsets.US_ASCII), 1));
        return parser.fault();
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }
}
