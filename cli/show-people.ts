import { roles } from '../domain/roles';
import type { PostRow, SubstituteRow } from '../ledger/party-views';
import { printTable } from './output';

/** Who holds which post. */
export function showPosts(posts: readonly PostRow[]): void {
  printTable(
    [
      { title: '编号', whole: true },
      { title: '姓名', whole: true },
      { title: '单位' },
      { title: '单位编号', whole: true },
      { title: '职务' },
      { title: '角色', whole: true },
      { title: '任职', whole: true },
    ],
    posts.map((post) => [post.id, post.name, post.unit, post.unitId, post.title, post.roleLabel, span(post)]),
  );
}

/** Who stands in for whom. */
export function showSubstitutes(substitutes: readonly SubstituteRow[]): void {
  printTable(
    [{ title: '人员', whole: true }, { title: '代理人', whole: true }, { title: '代理的角色' }, { title: '期间', whole: true }],
    substitutes.map((one) => [one.person.name, one.substitute.name, one.roles.map((role) => roles[role]).join('、') || '全部', span(one)]),
  );
}

const span = ({ from, to }: { readonly from: string | null; readonly to: string | null }): string =>
  from === null && to === null ? '' : `${from ?? ''}至${to ?? '今'}`;
