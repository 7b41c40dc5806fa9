package org.cairndns.kubernetes.testing;

import java.nio.file.Path;
import java.util.List;

/**
 * A Kubernetes API for tests, with objects that tests make.
 *
 * <p>Paths are those of the real API, from {@code /api/v1/...} on.
 */
public interface TestApi extends AutoCloseable {
    /** The address, {@code http(s)://127.0.0.1:port}. */
    String url();

    /** A file by which an administrator gets in; the token is in the file {@code token} beside it. */
    Path kubeconfig();

    /** A file by which a user gets in who may do nothing but what {@link #grantLimited} says. */
    Path limitedKubeconfig();

    /** Lets the limited user list and watch these kinds, and no others. */
    void grantLimited(List<String> plurals);

    /** Makes the object, given as JSON, in the collection. */
    void create(String collectionPath, String json);

    /** Changes the object by a JSON merge patch. */
    void patch(String objectPath, String json);

    /** Deletes the object. */
    void delete(String objectPath);

    /** Ends the server without a goodbye; its data stay. */
    void kill();

    /** Starts a server that was killed; it has forgotten the history of changes, not the objects. */
    void restart();

    /** Lets the server hang: connections stay open and are not answered. */
    void suspend();

    /** Ends the hanging. */
    void resume();

    /** From the next {@link #restart} on only this token is an administrator's. */
    void changeToken(String token);

    @Override
    void close();
}
