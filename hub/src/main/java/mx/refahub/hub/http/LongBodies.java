package mx.refahub.hub.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import mx.refahub.domain.Refusal;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How long what a machine sends may be, asked before it is read: by the length that it names, or, where it names none, as it comes. It stands behind the sign-in, so that strangers do not
 * get as far.
 */
final class LongBodies extends OncePerRequestFilter {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    /** Questions, names, codes. */
    static final long MOST = 512 * KIB;

    private static final Map<String, Long> LONGER = Map.of(
            "/api/hubs/counter", LivesController.LONGEST_COUNTER,
            // A support bundle in base64, and what is said beside it.
            "/api/hubs/commands/answers", 12 * MIB,
            // Ranges and reports by the thousand; a frame may hold a single document of 16 MiB.
            "/api/hubs/reconciliation/cells", 8 * MIB,
            "/api/hubs/reconciliation/ranges", 8 * MIB,
            "/api/hubs/reconciliation/marks", 8 * MIB,
            "/api/hubs/reconciliation/documents", 17 * MIB,
            "/api/hubs/reconciliation/reports", 32 * MIB);

    private final Problems problems;

    LongBodies(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long most = LONGER.getOrDefault(request.getRequestURI(), MOST);
        if (request.getContentLengthLong() > most) {
            problems.write(request, response, 413, Refusal.of("request-too-long", Long.toString(most / KIB)));
            return;
        }
        chain.doFilter(request.getContentLengthLong() >= 0 ? request : new Counted(request, most), response);
    }

    /** More came than may. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Refusal refusal;

        private TooLong(long most) {
            super("more than " + most + " bytes");
            refusal = Refusal.of("request-too-long", Long.toString(most / KIB));
        }

        Refusal refusal() {
            return refusal;
        }
    }

    private static final class Counted extends HttpServletRequestWrapper {
        private final long most;

        private Counted(HttpServletRequest request, long most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream in = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                private int took(int bytes) throws IOException {
                    if (bytes > 0 && (read += bytes) > most) throw new TooLong(most);
                    return bytes;
                }

                @Override
                public int read() throws IOException {
                    int next = in.read();
                    if (next >= 0) took(1);
                    return next;
                }

                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    return took(in.read(into, from, length));
                }

                @Override
                public boolean isFinished() {
                    return in.isFinished();
                }

                @Override
                public boolean isReady() {
                    return in.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    in.setReadListener(listener);
                }
            };
        }
    }
}
