package mx.refahub.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import mx.refahub.hub.TestHub;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private final AuditTrail audit = TestHub.bean(AuditTrail.class);
    private final AuditChain chain = TestHub.bean(AuditChain.class);

    @Test
    void an_act_that_is_changed_or_taken_out_shows() {
        String subject = UUID.randomUUID().toString();
        for (int i = 0; i < 3; i++) audit.record("ana", "store-cut-off", subject);
        chain.seal();
        assertThat(chain.flaw()).isEmpty();
        long second = TestHub.sql()
                .sql("select link from audit where subject = ? order by link offset 1 limit 1")
                .param(subject)
                .query(Long.class)
                .single();

        sql("update audit set who = 'nadie' where link = ?", second);
        assertThat(chain.flaw()).hasValue(second);
        sql("update audit set who = 'ana' where link = ?", second);
        assertThat(chain.flaw()).isEmpty();

        sql("update audit set link = -link where link = ?", second);
        assertThat(chain.flaw()).as("taken out").hasValue(second + 1);
        sql("update audit set link = -link where link = -1 * ?", second);
        assertThat(chain.flaw()).isEmpty();
    }

    private static void sql(String statement, long link) {
        TestHub.sql().sql(statement).param(link).update();
    }
}
