/** Messages that show everything the dialect has. */
export const ENGLISH = `# Release 4.2
@anna and @all: the **release** is *out*, ~~tomorrow~~ today. See ~deploy, #release-4.2 and https://gitlab.example.com/group/project/-/merge_requests/42.

## What changed
1. Faster search (\`O(log n)\`), thanks to @bob
   - initial consonants
   - typing \`kit\` finds **kitchen**
     - a third level
2. Fewer surprises :tada: :) 👍🏽

- [x] Changelog
- [ ] Tell the customers
  - [x] by mail

> A quote of **two** lines
> with [a link](https://example.com "title") in it.
>
> > and one within.

| Service | Latency | State |
|:--------|--------:|:-----:|
| api | 12 ms | :white_check_mark: |
| search \\| index | 1,204 ms | deploy |

\`\`\`ts
/** Adds what it is given. */
export async function total(values: readonly number[]): Promise<number> {
  if (values.length === 0) return 0 // nothing to add
  const text = \`\${values.join('+')} is a sum\`
  return values.reduce((sum, value) => sum + value, 0)
}
\`\`\`

---

Inline $e^{i\\pi} + 1 = 0$ and set apart:
\`\`\`latex
\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}
\`\`\`
![Badge](/badge.svg =60x20) ![A wide picture](/picture.svg)

### Safe
<script>alert(1)</script> <b>bold?</b> [click](javascript:alert(1)) ![x](data:image/png;base64,AA) :party_parrot: :nosuch:`

export const KOREAN = `## 4.2 배포 안내
@anna님, @all **배포**가 끝났습니다. **“긴급”**으로 표시된 항목은 ~deploy 채널에서 확인해 주세요. #배포 #릴리스-4.2

1. 검색이 빨라졌습니다. \`초성\`으로도 찾을 수 있습니다 :tada:
2. *기울임* 대신 굵게 보이는 한글 강조, ~~취소선~~, 그리고 아주 긴 문장이 화면 너비를 넘어갈 때 낱말 단위로 줄이 바뀌는지 확인하는 문장입니다.
   - [x] 변경 이력 작성
   - [ ] 고객에게 알리기

> 회의록은 https://gitlab.example.com/그룹/프로젝트/-/wikis/회의록 에 있습니다.

| 서비스 | 응답 시간 | 상태 |
|:--|--:|:-:|
| 검색 서버 | 12ms | :white_check_mark: |
| 파일 저장소 | 1,204ms | 점검 중 |

\`\`\`python
def 인사(이름: str) -> str:
    """이름을 불러 인사한다."""
    return f"안녕하세요, {이름}님!"  # 주석
\`\`\`
오늘 회의는 3시입니다. 회의록을 준비해 주세요 :pray:`

export const LONG_CODE = `\`\`\`js\n${Array.from({ length: 60 }, (_, line) => `console.log('line ${line + 1}')`).join('\n')}\n\`\`\``

export const DIFF = '```diff\n-old line\n+new line\n unchanged\n```\n```\nno language\n```'
