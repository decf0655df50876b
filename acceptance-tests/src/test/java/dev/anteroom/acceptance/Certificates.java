package dev.anteroom.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates of a test, made by the JDK's keytool in a directory of the test's own. Confined to one thread. */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final char[] PASSWORD_CHARS = PASSWORD.toCharArray();

    /** A key pair in PEM files and as a key store. Immutable. */
    record Identity(Path certificate, Path key, Path store) {}

    private final Path directory;

    Certificates(Path directory) {
        this.directory = directory;
    }

    /** A certificate that vouches for itself. */
    Identity selfSigned(String name, String subjectAlternativeName) {
        Path store = directory.resolve(name + ".p12");
        generate(name, store, "san=" + subjectAlternativeName);
        return pem(name, store);
    }

    /** An authority that can sign others. */
    Identity authority(String name) {
        Path store = directory.resolve(name + ".p12");
        generate(name, store, "bc:c=ca:true");
        return pem(name, store);
    }

    /** A certificate signed by an authority. */
    Identity signed(String name, String subjectAlternativeName, Identity authority) {
        Path store = directory.resolve(name + ".p12");
        Path request = directory.resolve(name + ".csr");
        Path certificate = directory.resolve(name + ".crt");
        generate(name, store, "san=" + subjectAlternativeName);
        keytool("-certreq", "-alias", "it", "-keystore", store.toString(), "-file", request.toString());
        keytool(
                "-gencert",
                "-alias",
                "it",
                "-keystore",
                authority.store().toString(),
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-ext",
                "san=" + subjectAlternativeName,
                "-validity",
                "2",
                "-rfc");
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-keystore",
                store.toString(),
                "-file",
                authority.certificate().toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "it",
                "-keystore",
                store.toString(),
                "-file",
                certificate.toString());
        return pem(name, store);
    }

    private void generate(String name, Path store, String extension) {
        keytool(
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                extension,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString());
    }

    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(arguments[0] + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Identity pem(String name, Path store) {
        try {
            KeyStore loaded = load(store);
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : loaded.getCertificateChain("it")) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            Path certificate = Files.writeString(directory.resolve(name + ".pem"), chain);
            Path key = Files.writeString(
                    directory.resolve(name + ".key"),
                    pem("PRIVATE KEY", loaded.getKey("it", PASSWORD_CHARS).getEncoded()));
            return new Identity(certificate, key, store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD_CHARS);
        }
        return loaded;
    }

    /** The TLS of one side: who it is, and whose certificate it trusts; null for nobody's. */
    static SSLContext context(@Nullable Identity own, @Nullable Identity trusted) {
        try {
            KeyManager[] keys = null;
            if (own != null) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(load(own.store()), PASSWORD_CHARS);
                keys = factory.getKeyManagers();
            }
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            if (trusted != null) {
                trust.setCertificateEntry("trusted", load(trusted.store()).getCertificate("it"));
            }
            TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusts.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusts.getTrustManagers(), new SecureRandom());
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
