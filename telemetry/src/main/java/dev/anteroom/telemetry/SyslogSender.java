package dev.anteroom.telemetry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends security events to a syslog receiver over TCP or TLS. Confined to one thread.
 *
 * <p>While the receiver is away it is tried again and again, and what follows waits in the queue before it. The protocol has
 * no answer: what was written to a connection that then breaks may be lost.
 */
final class SyslogSender implements Consumer<List<SecurityEvent>>, AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration RETRY = Duration.ofMillis(500);

    private final SecurityOptions.Syslog options;
    private final String gatewayId;
    private final BooleanSupplier givenUp;
    private final long pid = ProcessHandle.current().pid();
    private @Nullable Socket socket;

    /** @param givenUp whether to stop trying */
    SyslogSender(SecurityOptions.Syslog options, String gatewayId, BooleanSupplier givenUp) {
        this.options = options;
        this.gatewayId = gatewayId;
        this.givenUp = givenUp;
    }

    @Override
    public void accept(List<SecurityEvent> events) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream(1024);
        for (SecurityEvent event : events) {
            frames.writeBytes(EventFormat.syslogFrame(event, gatewayId, pid));
        }
        while (!send(frames.toByteArray())) {
            if (givenUp.getAsBoolean() || !pause()) {
                throw new IllegalStateException("the receiver is away");
            }
        }
    }

    private boolean send(byte[] frames) {
        try {
            Socket open = connected();
            open.getOutputStream().write(frames);
            open.getOutputStream().flush();
            return true;
        } catch (IOException | GeneralSecurityException e) {
            close();
            return false;
        }
    }

    /** The connection; a new one where there is none or the receiver has closed it, which only reading tells. */
    private Socket connected() throws IOException, GeneralSecurityException {
        Socket open = socket;
        if (open != null && isClosedByReceiver(open)) {
            close();
            open = null;
        }
        if (open == null) {
            Socket plain = new Socket();
            plain.connect(new InetSocketAddress(options.host(), options.port()), CONNECT_MILLIS);
            open = options.tls() ? secured(plain) : plain;
            open.setSoTimeout(1);
            socket = open;
        }
        return open;
    }

    private static boolean isClosedByReceiver(Socket open) {
        try {
            return open.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException nothingToRead) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Socket secured(Socket plain) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust().getTrustManagers(), null);
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(plain, options.host(), options.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(CONNECT_MILLIS);
        secured.startHandshake();
        return secured;
    }

    private TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (options.ca().isEmpty()) {
            trust.init((KeyStore) null);
            return trust;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = new ByteArrayInputStream(options.ca().get())) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
        }
        trust.init(store);
        return trust;
    }

    private static boolean pause() {
        try {
            Thread.sleep(RETRY);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is of no use any more.
            }
        }
    }
}
