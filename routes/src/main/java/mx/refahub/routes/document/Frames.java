package mx.refahub.routes.document;

import java.util.Map;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import org.apache.camel.Headers;

/** Frames as messages of the store's broker. */
public final class Frames {
    /** Artemis: a message with a value that was seen is dropped. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
    /** Messages of one group go to one consumer, in order. */
    static final String GROUP = "JMSXGroupID";
    /** What the frame holds, for who looks into the queue without opening frames. */
    public static final String EPOCH = "refahub_epoch";

    public static final String FIRST = "refahub_first";

    public static final String LAST = "refahub_last";
    /** Under which resync epoch the frame was packed. */
    static final String RESYNC = "refahub_resync";

    /** The frame's bytes, with the headers that carry it. */
    public byte[] seal(Frame frame, @Headers Map<String, Object> headers) {
        headers.put(DUPLICATE_ID, frame.duplicateId());
        headers.put(GROUP, frame.store().toString());
        headers.put(EPOCH, frame.epoch());
        headers.put(FIRST, frame.first());
        headers.put(LAST, frame.last());
        headers.put(RESYNC, frame.resyncEpoch());
        return FrameCodec.encode(frame);
    }
}
