/** A PostgreSQL server of the spec's own, where the machine has one: no network, a folder that is removed. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface Server { /** The output of some SQL, its results as CSV with a header. */ readonly run: (sql: string) => string; readonly stop: () => void }

/** Where Debian, and others, put the programs of the server. */
function binaries(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`) : [];
  return [process.env['BAREME_POSTGRES'] ?? '', ...versions, '/usr/local/bin', '/usr/bin'].find((folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

/** Starts a server; a text says why there is none. */
export function startPostgres(): Server | string {
  const bin = binaries();
  if (bin === undefined) return 'no PostgreSQL on this machine (Debian: apt-get install postgresql; elsewhere set BAREME_POSTGRES to the folder of initdb)';
  const folder = mkdtempSync(join(tmpdir(), 'bareme-pg-'));
  chmodSync(folder, 0o777);
  // The server does not run as root.
  const root = userInfo().uid === 0;
  const as = (program: string, args: readonly string[], input?: string): { status: number | null; stdout: string; stderr: string } => {
    const [command, words] = root ? ['runuser', ['-u', 'postgres', '--', join(bin, program), ...args]] : [join(bin, program), [...args]];
    const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', input, maxBuffer: 2 ** 30, cwd: folder });
    return { status, stdout, stderr };
  };
  const remove = (): void => { rmSync(folder, { recursive: true, force: true }); };
  const data = join(folder, 'data');
  const made = as('initdb', ['-D', data, '-A', 'trust', '-U', 'bareme', '--no-sync', '-E', 'UTF8', '--locale=C']);
  if (made.status !== 0) { remove(); return `initdb failed: ${made.stderr}`; }
  const started = spawnSync(root ? 'runuser' : join(bin, 'pg_ctl'), [...(root ? ['-u', 'postgres', '--', join(bin, 'pg_ctl')] : []), '-D', data, '-w', '-l', join(folder, 'log'), '-o', `-k ${folder} -c listen_addresses='' -c fsync=off`, 'start'], { encoding: 'utf8', cwd: folder, stdio: 'ignore' });
  if (started.status !== 0) { remove(); return 'the server does not start'; }
  return {
    run: (sql) => {
      const { status, stdout, stderr } = as('psql', ['-h', folder, '-U', 'bareme', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '-q', '--csv', '-f', '-'], sql);
      if (status !== 0) throw new Error(stderr);
      return stdout;
    },
    stop: () => { as('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']); remove(); },
  };
}
