import { Api, Problem } from 'shared/api.js';
import { currentLanguage } from 'shared/texts.js';

const SESSION = '/console/api/session';
const server = new Api(SESSION);
let csrf = '';

/** What the session said last: who, what they may, and the token for changes. */
export function take(session) {
  csrf = session.csrf;
  server.csrf = csrf;
  return session;
}

/** Tells the whole page that nobody is signed in any more. */
export const gone = new EventTarget();

/** For what waits until a publication has ended, which may take minutes: given up sooner it would be done all the same, and nobody told. */
export const UNTIL_PUBLISHED = { timeout: 1800000 };

export async function api(method, path, body, options) {
  try {
    switch (method) {
      case 'GET': return await server.get(path, options);
      case 'DELETE': return await server.delete(path, options);
      case 'PUT': return await server.put(path, body ?? {}, options);
      default: return await server.post(path, body ?? {}, options);
    }
  } catch (problem) {
    if (problem.code === 'not-signed-in') gone.dispatchEvent(new Event('gone'));
    throw problem;
  }
}

export const session = async () => take(await server.get(SESSION));

/** Files of any size, with what has been sent so far in percent; the browser's fetch cannot tell that. */
export async function upload(path, form, onPercent) {
  await session();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.setRequestHeader('Accept-Language', currentLanguage());
    request.setRequestHeader('X-CSRF-TOKEN', csrf);
    request.upload.onprogress = event => event.lengthComputable && onPercent(Math.round((event.loaded / event.total) * 100));
    request.onerror = () => reject(new Problem(0));
    request.onload = () => {
      let body;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = undefined;
      }
      if (request.status >= 200 && request.status < 300) resolve(body);
      else reject(new Problem(request.status, body));
    };
    request.send(form);
  });
}
