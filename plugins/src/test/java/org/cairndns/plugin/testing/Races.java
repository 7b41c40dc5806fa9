package org.cairndns.plugin.testing;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Two actions on one object at the same time, again and again, each pair on an object of its own. */
public final class Races {
    private static final int ROUNDS = Integer.getInteger("cairn.races.rounds", 20_000);

    /** Spins before one of the two, so that neither is always first. */
    private static final int OFFSETS = 32;

    private Races() {}

    /**
     * Runs the two, and checks the object once both are done.
     *
     * @throws AssertionError of the check, with the number of the round
     */
    public static <T> void run(Supplier<T> maker, Consumer<T> one, Consumer<T> other, Consumer<T> check) {
        CyclicBarrier begin = new CyclicBarrier(2);
        CyclicBarrier end = new CyclicBarrier(2);
        Object[] subject = new Object[1];
        Throwable[] thrown = new Throwable[1];
        Thread second = Thread.ofPlatform().daemon().start(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                await(begin);
                @SuppressWarnings("unchecked")
                T object = (T) subject[0];
                spin(round % OFFSETS);
                try {
                    other.accept(object);
                } catch (RuntimeException | Error e) {
                    thrown[0] = e;
                }
                await(end);
            }
        });
        for (int round = 0; round < ROUNDS; round++) {
            T object = maker.get();
            subject[0] = object;
            await(begin);
            spin(OFFSETS - round / OFFSETS % OFFSETS);
            one.accept(object);
            await(end);
            if (thrown[0] != null) {
                throw new AssertionError("round " + round, thrown[0]);
            }
            try {
                check.accept(object);
            } catch (AssertionError e) {
                throw new AssertionError("round " + round, e);
            }
        }
        join(second);
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
