package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import mx.refahub.domain.job.Cron;
import mx.refahub.pos.web.MessageFile;
import mx.refahub.pos.web.Messages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronWordsTest {
    private static final Messages MESSAGES = Messages.of(List.of(new MessageFile("messages_console")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 3 * * *          | Todos los días, a las 03:00.                                        | Every day, at 03:00.
            0 3 * * 1-5        | De lunes a viernes, a las 03:00.                                    | From Monday to Friday, at 03:00.
            30 8,14 * * SAT    | Cada sábado, a las 08:30 y 14:30.                                   | Every Saturday, at 08:30 and 14:30.
            0 6 * * 1,3,5      | Cada lunes, miércoles y viernes, a las 06:00.                       | Every Monday, Wednesday and Friday, at 06:00.
            0 2 1 * *          | El día 1 del mes, a las 02:00.                                      | On day 1 of the month, at 02:00.
            0 2 1,15 1,7 *     | Los días 1 y 15 del mes, a las 02:00, en enero y julio.             | On days 1 and 15 of the month, at 02:00, in January and July.
            0 2 L * *          | El último día del mes, a las 02:00.                                 | On the last day of the month, at 02:00.
            * * * * *          | Todos los días, cada minuto.                                        | Every day, every minute.
            */15 * * * *       | Todos los días, cada 15 minutos.                                    | Every day, every 15 minutes.
            0 * * * *          | Todos los días, cada hora en punto.                                 | Every day, every hour on the hour.
            20 * * * *         | Todos los días, cada hora en el minuto 20.                          | Every day, every hour at minute 20.
            10 */2 * * *       | Todos los días, cada 2 horas en el minuto 10.                       | Every day, every 2 hours at minute 10.
            */30 8-19 * * 1-6  | De lunes a sábado, cada 30 minutos entre las 8 y las 19 horas.      | From Monday to Saturday, every 30 minutes between the hours 8 and 19.
            """)
    void a_line_of_cron_is_a_sentence(String cron, String spanish, String english) {
        assertThat(new CronWords(MESSAGES, Messages.SPANISH).of(new Cron(cron))).isEqualTo(spanish);
        assertThat(new CronWords(MESSAGES, Locale.ENGLISH).of(new Cron(cron))).isEqualTo(english);
    }
}
